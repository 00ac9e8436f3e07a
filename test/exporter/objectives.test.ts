import { describe, expect, test } from 'vitest';
import type { Cluster, Project } from '../../src/domain/cluster.ts';
import { type Objective, type ObjectiveRules, objectiveOf } from '../../src/domain/objective.ts';
import { type Plan, planOf } from '../../src/domain/plan.ts';
import { objectiveRules, unreadableTag } from '../../src/exporter/objectives.ts';
import { account, configOrThrow, load } from '../config/loading.ts';
import { cluster, project } from '../domain/reports.ts';
import { everyHours } from '../domain/schedules.ts';

const rulesOf = async (objectives: string) =>
  objectiveRules(configOrThrow(await load(`${account}objectives: ${objectives}\n`)));
const tagged = (value: string) => cluster('p1/orders', { tags: [{ key: 'backup-rpo', value }] });
const six = planOf(everyHours(6));
const scheduled: Objective = { seconds: 6 * 3600, source: 'schedule' };
const billing = project('p1', 'billing');
const of = (rules: ObjectiveRules, by: Project, one: Cluster, plan: Plan | undefined) =>
  objectiveOf(rules, by, { cluster: one, plan, known: undefined });

describe('the objective of a cluster is', () => {
  test('the first override that matches it, by name or id of the project', async () => {
    const rules = await rulesOf(
      '{ overrides: [{ match: "*/orders", rpo: 12h }, { match: "p1/*", rpo: 2d }, { match: "*", rpo: 3d }] }',
    );
    const by = (key: string, in_ = billing) => of(rules, in_, cluster(key), six);
    expect(by('p1/orders')).toEqual({ seconds: 43_200, source: 'override' });
    expect(by('p1/other')).toEqual({ seconds: 2 * 86_400, source: 'override' });
    expect(by('p2/other', project('p2'))).toEqual({ seconds: 3 * 86_400, source: 'override' });
  });

  test('none at all where an override says so', async () => {
    const rules = await rulesOf(
      '{ tag: backup-rpo, overrides: [{ match: "billing/*", rpo: none }] }',
    );
    expect(of(rules, billing, tagged('12h'), six)).toBe('exempt');
  });

  test('its tag, where no override matches', async () => {
    const rules = await rulesOf('{ tag: backup-rpo, overrides: [{ match: "x/*", rpo: 1h }] }');
    expect(of(rules, billing, tagged('12h'), six)).toEqual({
      seconds: 43_200,
      source: 'tag',
    });
    expect(of(rules, billing, tagged(' 1h30m '), six)).toMatchObject({ seconds: 5_400 });
  });

  test.each(['', '12', '12 h', '-1h', 'daily', '59s', '0s'])(
    'its schedule when the tag is %j, which is told',
    async (value) => {
      const rules = await rulesOf('{ tag: backup-rpo }');
      expect(of(rules, billing, tagged(value), six)).toEqual(scheduled);
      expect(unreadableTag(tagged(value), 'backup-rpo')).toBe(value);
    },
  );

  test('its schedule when no tag is configured, or it has another one', async () => {
    expect(of(await rulesOf('{}'), billing, tagged('12h'), six)).toEqual(scheduled);
    const rules = await rulesOf('{ tag: other }');
    expect(of(rules, billing, tagged('12h'), six)).toEqual(scheduled);
    expect(unreadableTag(tagged('x'), 'other')).toBeUndefined();
    expect(unreadableTag(tagged('12h'), 'backup-rpo')).toBeUndefined();
  });

  test('a day for flex, unless something else is said', async () => {
    const flex = { ...tagged('12h'), topology: 'flex' } as const;
    expect(of(await rulesOf('{}'), billing, flex, undefined)).toEqual({
      seconds: 86_400,
      source: 'flex',
    });
    const rules = await rulesOf('{ tag: backup-rpo }');
    expect(of(rules, billing, flex, undefined)).toMatchObject({ source: 'tag' });
  });

  test('unknown without a schedule', async () => {
    const rules = await rulesOf('{}');
    expect(of(rules, billing, cluster('p1/orders'), undefined)).toBeUndefined();
    const empty = planOf(everyHours(6, { policyItems: [] }));
    expect(of(rules, billing, cluster('p1/orders'), empty)).toBeUndefined();
  });
});
