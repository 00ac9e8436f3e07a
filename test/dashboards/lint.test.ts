import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Exclusion, exclusions } from './lint/exclusions.ts';
import { panelRules } from './lint/panel-rules.ts';
import type { Finding, Rule } from './lint/rule.ts';
import { targetRules } from './lint/target-rules.ts';
import { templateRules } from './lint/template-rules.ts';
import {
  asking,
  type Dashboard,
  dashboards,
  type Panel,
  type Target,
  type Variable,
} from './model.ts';

const rules: readonly Rule[] = [...templateRules, ...panelRules, ...targetRules];

test('there are the 17 rules of dashboard-linter', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(17);
});

describe.each(dashboards)('$title', (dashboard) => {
  test.each(rules)('$name', (rule) => {
    const own = exclusions.filter(
      (one) => one.rule === rule.name && one.dashboard === dashboard.uid,
    );
    const left = rule
      .findings(dashboard)
      .filter((finding) => !own.some((one) => excludes(one, dashboard, finding)));
    expect(left.map(({ what }) => what)).toEqual([]);
  });
});

test.each(exclusions)('$rule is left out of $dashboard for what is there', (exclusion) => {
  const dashboard = dashboards.find(({ uid }) => uid === exclusion.dashboard);
  const rule = rules.find(({ name }) => name === exclusion.rule);
  const found = dashboard && rule?.findings(dashboard);
  expect(dashboard && found?.some((one) => excludes(exclusion, dashboard, one))).toBe(true);
});

function excludes({ rows }: Exclusion, dashboard: Dashboard, { panel }: Finding): boolean {
  return rows === undefined || (panel !== undefined && rows.includes(rowOf(dashboard, panel)));
}

/** The title of the row that stands above a panel. */
function rowOf({ panels }: Dashboard, panel: Panel): string {
  const before = panels.slice(0, panels.indexOf(panel));
  return before.findLast(({ type }) => type === 'row')?.title ?? '';
}

const [sound] = z.tuple([z.custom<Dashboard>()]).rest(z.unknown()).parse(dashboards);
/** In the row about the exporter, of which no rule leaves anything out. */
const healthy = asking(sound).find(({ title }) => title === 'Requests to Atlas');

const withVariable = (name: string, change: Partial<Variable>): Dashboard => ({
  ...sound,
  templating: {
    list: sound.templating.list.map((one) => (one.name === name ? { ...one, ...change } : one)),
  },
});
const withoutVariable = (name: string): Dashboard => ({
  ...sound,
  templating: { list: sound.templating.list.filter((one) => one.name !== name) },
});
const withPanel = (change: Partial<Panel>): Dashboard => ({
  ...sound,
  panels: sound.panels.map((panel) => (panel === healthy ? { ...panel, ...change } : panel)),
});
const withTarget = (change: (target: Target) => Target): Dashboard =>
  withPanel({ targets: (healthy?.targets ?? []).map(change) });
const asks = (change: (expr: string) => string): Dashboard =>
  withTarget((target) => ({ ...target, expr: change(target.expr) }));
const toLoki = withTarget((target) => ({
  ...target,
  datasource: { type: 'loki', uid: '${datasource}' },
}));

describe('a rule finds what is against it:', () => {
  test.each<readonly [string, string, Dashboard]>([
    ['template-datasource-rule', 'no data source', withoutVariable('datasource')],
    ['template-datasource-rule', 'its label', withVariable('datasource', { label: 'Source' })],
    ['template-job-rule', 'no job', withoutVariable('job')],
    ['template-job-rule', 'one job', withVariable('job', { multi: false })],
    ['template-job-rule', 'what all jobs are', withVariable('job', { allValue: '.*' })],
    ['template-instance-rule', 'no instance', withoutVariable('instance')],
    ['template-instance-rule', 'no query', withVariable('instance', { type: 'textbox' })],
    ['template-label-promql-rule', 'a way', withVariable('job', { query: 'values(up, job)' })],
    [
      'template-label-promql-rule',
      'PromQL',
      withVariable('job', { query: 'label_values(up{, job)' }),
    ],
    ['template-on-time-change-reload-rule', 'on load', withVariable('project', { refresh: 1 })],
    ['uneditable-dashboard', 'editable', { ...sound, editable: true }],
    [
      'panel-datasource-rule',
      'a panel',
      withPanel({ datasource: { type: 'prometheus', uid: 'p' } }),
    ],
    [
      'panel-datasource-rule',
      'a query',
      withTarget((target) => ({ ...target, datasource: { type: 'prometheus', uid: 'p' } })),
    ],
    ['panel-title-description-rule', 'no title', withPanel({ title: '' })],
    ['panel-title-description-rule', 'no description', withPanel({ description: '' })],
    [
      'panel-units-rule',
      'an unknown unit',
      withPanel({ fieldConfig: { defaults: { unit: 'requests' }, overrides: [] } }),
    ],
    ['panel-no-targets-rule', 'no queries', withPanel({ targets: [] })],
    ['target-logql-rule', 'Loki', toLoki],
    ['target-logql-auto-rule', 'Loki', toLoki],
    ['target-promql-rule', 'no PromQL', asks((expr) => `${expr})`)],
    ['target-promql-rule', 'nothing', asks(() => '')],
    [
      'target-rate-interval-rule',
      'a fixed range',
      asks((e) => e.replace('$__rate_interval', '5m')),
    ],
    ['target-job-rule', 'no job', asks((expr) => expr.replace('job=~"$job",', ''))],
    ['target-job-rule', 'one job', asks((expr) => expr.replace('job=~', 'job='))],
    ['target-instance-rule', 'no instance', asks((e) => e.replace('instance=~"$instance"', ''))],
    ['target-counter-agg-rule', 'no rate', asks((expr) => expr.replace('rate(', 'max_over_time('))],
  ])('%s, %s', (name, _, broken) => {
    const rule = rules.find((one) => one.name === name);
    const findings = (dashboard: Dashboard) => rule?.findings(dashboard).map(({ what }) => what);
    expect(findings(broken)?.length).toBeGreaterThan(findings(sound)?.length ?? 0);
  });
});
