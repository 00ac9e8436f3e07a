import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../dashboards/vocabulary.ts';
import { groups } from '../../src/collectors/alerts.ts';
import { runtimeFamilies } from '../../src/metrics/runtime-families.ts';
import { fault, type Selector } from '../alerting/selectors.ts';
import { selectorsOf } from './lint/promql.ts';
import { asking, dashboards, queryOf } from './model.ts';

const elsewhere = new Set(['up', 'ALERTS', ...runtimeFamilies.map(({ name }) => name)]);
const recorded = new Set<string>(
  groups.flatMap(({ recordings }) => recordings.map(({ name }) => name)),
);

/** What no rule reads, or reads in another way; all else the test of the rules knows. */
function wrong(selector: Selector): readonly string[] {
  const name = selector.name.replace(/_bucket$/, '');
  if (elsewhere.has(name) || recorded.has(name)) return [];
  const matchers = selector.matchers.filter(({ value }) => !value.startsWith('$'));
  const labels = vocabulary.get(name);
  const variables = selector.matchers
    .filter(({ value, label }) => value.startsWith('$') && !['job', 'instance'].includes(label))
    .filter(({ label }) => labels?.[label] !== 'open')
    .map(({ label }) => `${name} has no label ${label} of any text`);
  return [...variables, fault({ name, matchers }) ?? []].flat();
}

describe.each(dashboards)('$title reads what there is', (dashboard) => {
  test.each(asking(dashboard))('$title', ({ targets = [] }) => {
    const selectors = targets.flatMap(({ expr }) => selectorsOf(expr));
    expect(selectors.length).toBeGreaterThan(0);
    expect(selectors.flatMap(wrong)).toEqual([]);
  });

  test('its variables', () => {
    const queries = dashboard.templating.list
      .filter(({ type }) => type === 'query')
      .map((variable) => queryOf(variable).replace(/^\w+\((.*?)(, \w+)?\)$/, '$1'));
    expect(queries.length).toBeGreaterThan(4);
    expect(queries.flatMap(selectorsOf).flatMap(wrong)).toEqual([]);
  });
});

test.each([
  ['mongodbatlas_backup_enabledd', {}],
  ['mongodbatlas_backup_snapshots', { status: 'complete' }],
  ['mongodbatlas_backup_enabled', { account: '$account' }],
])('but not a %s with %o', (name, labels) => {
  const matchers = Object.entries(labels).map(([label, value]) => ({
    label,
    operator: '=',
    value,
  }));
  expect(wrong({ name, matchers })).toHaveLength(1);
});
