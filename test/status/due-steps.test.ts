import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/domain/cluster.ts';
import type { Objective, ObjectiveRules } from '../../src/domain/objective.ts';
import { dueSteps } from '../../src/status/due-steps.ts';
import { cluster, type Found, fleetAfter, project, timeout } from '../domain/reports.ts';
import { everyHours, item } from '../domain/schedules.ts';
import { completed, day, hour, noon } from '../domain/snapshots.ts';
import { onlyRow, texts, viewOf } from './explaining.ts';

const pass = (at: number, found: Found, more: Partial<Cluster> = {}): Found => ({
  at,
  projects: { a: [project('p')] },
  clusters: { p: [cluster('p/x', { id: 'x', ...more })] },
  ...found,
});
const taken = (...at: readonly number[]): Found => ({
  backups: { 'p/x': at.map((one) => completed(one)) },
});
const sixHourly: Found = { schedules: { 'p/x': everyHours(6) } };
const stating = (stated: Objective | 'exempt'): ObjectiveRules => ({
  graceSeconds: hour,
  stated: () => stated,
});

/** The steps as text, each with the hours from noon that it reaches. */
async function steps(passes: readonly Found[], given: Parameters<typeof viewOf>[1] = {}) {
  const view = await viewOf(fleetAfter(passes), given);
  const { now } = view.context;
  return dueSteps(onlyRow(view), now).map(({ says, reached }) => [
    ...texts([says]),
    ...(reached === undefined ? [] : [(reached - noon) / hour]),
  ]);
}

const grace = 'Plus 1h of grace, in which a snapshot may appear (objectives.grace).';
const bySchedule =
  'Plus the objective of 6h: the policy item “every 6 hours, kept 7 days” (id hourly item) allows no longer gap. The policy was read 2026-08-12 12:00 UTC.';
const fromSnapshot = 'The newest completed snapshot was taken.';

describe('a due time is explained', () => {
  test('from the newest snapshot by the policy, before it has come', async () => {
    expect(await steps([pass(noon, { ...taken(noon - 2 * hour), ...sixHourly })])).toEqual([
      [fromSnapshot, -2],
      [bySchedule, 4],
      [grace, 5],
      ['The next snapshot is due in 5h 0m.'],
    ]);
  });

  test('once it has passed and was looked after', async () => {
    const late = await steps([pass(noon, { ...taken(noon - 9 * hour), ...sixHourly })]);
    expect(late.at(-1)).toEqual([
      'Due 2026-08-12 10:00 UTC. Its snapshots were last read 2026-08-12 12:00 UTC, and nothing newer was there: late by 2h 0m.',
    ]);
  });

  test('once it has passed and nobody could look', async () => {
    const found = pass(noon, { ...taken(noon - 6 * hour), ...sixHourly });
    expect((await steps([found], { now: noon + 2 * hour })).at(-1)).toEqual([
      'Due 2026-08-12 13:00 UTC. Its snapshots were last read 2026-08-12 12:00 UTC, before that time: whether one was taken is not known.',
    ]);
  });

  test.each<[Objective['source'], string]>([
    ['override', 'an override of the configuration says so (objectives.overrides).'],
    ['tag', 'a tag of the cluster says so (objectives.tag names it).'],
  ])('by an objective of source %s', async (source, words) => {
    const objectives = stating({ seconds: 12 * hour, source });
    const found = [pass(noon, { ...taken(noon), ...sixHourly })];
    expect((await steps(found, { objectives })).slice(0, 3)).toEqual([
      [fromSnapshot, 0],
      [`Plus the objective of 12h: ${words}`, 12],
      [grace, 13],
    ]);
  });

  test.each<[string, Partial<Cluster>, Found, string]>([
    [
      'flex',
      { topology: 'flex', instanceSize: 'FLEX', paused: undefined },
      taken(noon),
      'Atlas takes one snapshot a day of a flex cluster.',
    ],
    [
      'legacy',
      {},
      { backups: { 'p/x': [completed(noon, { source: 'legacy' })] } },
      'no schedule of legacy backups is slower, and Atlas shows no other of this cluster.',
    ],
  ])('of %s backups, which have no policy', async (_kind, more, found, words) => {
    expect((await steps([pass(noon, found, more)]))[1]).toEqual([
      `Plus the objective of 1d: ${words}`,
      24,
    ]);
  });

  test('by two items that decide it only together', async () => {
    const policyItems = [item('i1', 'weekly', 1), item('i2', 'weekly', 4)];
    const schedules = { 'p/x': everyHours(6, { policyItems }) };
    expect((await steps([pass(noon, { ...taken(noon), schedules })]))[1]).toEqual([
      'Plus the objective of 4d: the policy items “every Monday, kept 7 days” (id i1) and “every Thursday, kept 7 days” (id i2) together allow no longer gap. The policy was read 2026-08-12 12:00 UTC.',
      96,
    ]);
  });

  test('from the creation of a cluster without a snapshot', async () => {
    const found = pass(noon, { ...taken(), ...sixHourly }, { createdAt: noon - hour });
    expect((await steps([found]))[0]).toEqual([
      'No completed snapshot is listed, so the creation of the cluster counts.',
      -1,
    ]);
  });

  test('from the moment backup was seen on again', async () => {
    const off = pass(noon - hour, taken(noon - day), { backupEnabled: false });
    expect((await steps([off, pass(noon, { ...taken(noon - day), ...sixHourly })]))[0]).toEqual([
      'Backup had been seen off, and was seen on again, later than the newest completed snapshot was taken.',
      0,
    ]);
  });

  test('put off by a pause, to the run announced after it', async () => {
    const paused = pass(noon - hour, { ...taken(noon - day), ...sixHourly }, { paused: true });
    const found = await steps([paused, pass(noon, { ...taken(noon - day), ...sixHourly })]);
    expect(found.slice(2, 4)).toEqual([
      [
        'The cluster was paused, and was seen running again 2026-08-12 12:00 UTC: the first run announced since is that of 2026-08-12 13:00 UTC, and it counts up to one objective from then. That is later.',
        1,
      ],
      [grace, 2],
    ]);
  });

  test('put off by a policy that asks for more than before', async () => {
    const slow = pass(noon - hour, {
      ...taken(noon - 8 * hour),
      schedules: { 'p/x': everyHours(12) },
    });
    expect(
      (await steps([slow, pass(noon, { ...taken(noon - 8 * hour), ...sixHourly })]))[2],
    ).toEqual([
      'The policy was seen 2026-08-12 12:00 UTC to ask for more than before. Until then it allowed 12h: that still counts for the snapshot in progress, up to one objective after the change. That is later.',
      4,
    ]);
  });
});

describe('a due time that there is not is explained', () => {
  const found = { ...taken(noon), ...sixHourly };
  test.each<[string, Partial<Cluster>, Found, Parameters<typeof viewOf>[1]]>([
    ['A free cluster cannot have backups', { instanceSize: 'M0' }, taken(), {}],
    [
      'An override of the configuration exempts this cluster',
      {},
      found,
      { objectives: stating('exempt') },
    ],
    ['Backup is switched off in Atlas', { backupEnabled: false }, taken(), {}],
    ['The cluster is paused.', { paused: true }, found, {}],
    ['Its snapshots have not been read yet', {}, { ...sixHourly, backups: { 'p/x': timeout } }, {}],
    ['Neither override nor tag names an objective, and no schedule', {}, taken(noon), {}],
    [
      'Neither override nor tag names an objective, and no item of the policy',
      {},
      { ...taken(noon), schedules: { 'p/x': everyHours(6, { policyItems: [] }) } },
      {},
    ],
  ])('%s', async (words, more, what, given) => {
    expect((await steps([pass(noon, what, more)], given)).at(-1)?.[0]).toContain(words);
  });
});
