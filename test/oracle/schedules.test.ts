import { expect, test, vi } from 'vitest';
import type { Backups } from '../../src/simulator/world/backups.ts';
import { policyOf, type Reference, type Rule } from '../../src/simulator/world/policy.ts';
import type { Cluster, World } from '../../src/simulator/world/world.ts';
import { start } from '../simulator/client.ts';
import { pause, resume, switchBackup } from '../simulator/world/events.ts';
import { familiesMissing, pollAndCompare, setUp, worldOf } from './comparison.ts';
import type { Rules } from './naive-schedule.ts';
import { labelsOf, type Series } from './series.ts';

vi.setConfig({ testTimeout: 180_000 });

const minute = 60;
const hour = 3600;
const day = 24 * hour;

// The world begins at 10:00.
const atFive = { hour: 5, minute: 0 };
const atOne = { hour: 13, minute: 0 };
const daily: readonly Rule[] = [['daily', 1, 14, 'days']];
const hourly: readonly Rule[] = [['hourly', 1, 3, 'days']];
const endsOfMonths: readonly Rule[] = [
  ['monthly', 40, 12, 'months'],
  ['monthly', 1, 2, 'months'],
];

const withOverrides: Rules = {
  graceSeconds: 30 * minute,
  overrides: [
    // Clusters of all scenarios: paused, stuck, legacy, never switched on, sharded, expiring …
    { match: '*/cluster-1?', seconds: 12 * hour },
    { match: 'project-2/*', seconds: 'none' },
    // Flex, free, and one that is paused for a while.
    { match: 'project-4/cluster-4', seconds: 6 * hour },
    { match: '*/cluster-7', seconds: 12 * hour },
    { match: 'project-?/cluster-27', seconds: 12 * hour },
    { match: '*/cluster-27', seconds: hour },
  ],
  policyDetails: true,
};

function editor(world: World) {
  const named = (name: string): Cluster & { readonly cloud: Backups } => {
    const all = world.projects.flatMap(({ id }) => world.clusters(id));
    const cluster = all.find((one) => one.name === name);
    if (cluster?.cloud === undefined) throw new Error(`no backups of ${name}`);
    return { ...cluster, cloud: cluster.cloud };
  };
  const change = (name: string, to: Partial<Cluster>, backups: Partial<Backups> = {}) => {
    const cluster = named(name);
    world.add({ ...cluster, ...to, cloud: { ...cluster.cloud, ...backups } });
  };
  return {
    named,
    change,
    /** Gives it another policy, whose items are all new. */
    follow(name: string, rules: readonly Rule[], at: Reference, more: Partial<Backups> = {}) {
      const policy = policyOf(rules, at, start, named(name).seed + rules.length);
      change(name, {}, { ...more, policy });
    },
  };
}

/** The value of the only series of that name and cluster. */
function of(series: Series, name: string, cluster: string): number | undefined {
  const found = [...series].filter(
    ([key]) =>
      key.startsWith(`mongodbatlas_backup_${name} `) && labelsOf(key)['cluster'] === cluster,
  );
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.[1];
}

test('what follows from schedules is so while policies change, with overrides and all details', async () => {
  const world = worldOf(50);
  const { change, follow, named } = editor(world);
  const [loosened, emptied, rewritten] = ['cluster-29', 'cluster-40', 'cluster-41'] as const;
  const continuous = 'cluster-45';
  const alike = ['cluster-42', 'cluster-43'] as const;
  // One by its schedule, one by an override.
  const tightened = ['cluster-26', 'cluster-10'] as const;
  for (const name of tightened) follow(name, daily, atFive);
  const all = await setUp({ world, api: 'v2', rules: withOverrides });
  const before = await pollAndCompare(all, start);
  expect(familiesMissing(before)).toEqual([
    'mongodbatlas_backup_snapshot_rejected_future_timestamp_seconds',
  ]);
  await pollAndCompare(all, start + 20 * minute);

  // As if it had not been hourly before.
  const noneSince = { from: start - 5 * hour + 1, until: start + 25 * minute };
  for (const name of tightened) follow(name, hourly, atFive, { failing: [noneSince] });
  follow(loosened, endsOfMonths, atFive);
  follow(emptied, [], atFive);
  for (const name of alike) follow(name, hourly, atOne);
  const { policy } = named(rewritten).cloud;
  const items = policy.items.map((item) => ({ ...item, retentionValue: item.retentionValue + 1 }));
  change(rewritten, {}, { policy: { ...policy, items } });
  change(continuous, { pitEnabled: true });
  switchBackup(world, world.projects[2]?.id ?? '', 'cluster-17', true, start + 22 * minute);
  const older: number[] = [];
  let after = before;
  for (const minutes of [30, 40, 60, 75, 100, 130, 150, 170, 185, 210]) {
    after = await pollAndCompare(all, start + minutes * minute);
    older.push(all.naive.olderSchedules());
  }
  // Less would be seen if every schedule had to be one of this poll.
  expect(Math.max(...older)).toBeGreaterThan(20);
  const [one, other] = alike.map((name) => of(after, 'schedule_hash', name));
  expect(one).toBe(other);
  const hash = of(before, 'schedule_hash', rewritten);
  expect(of(after, 'schedule_hash', rewritten)).not.toBe(hash);
  expect(of(after, 'rpo_objective_seconds', emptied)).toBeUndefined();
  expect(of(after, 'schedule_expected_interval_seconds', loosened)).toBe(30 * day);

  change(rewritten, {}, { policy });
  change(continuous, { pitEnabled: false });
  for (const hours of [4, 9, 27]) after = await pollAndCompare(all, start + hours * hour);
  expect(of(after, 'schedule_hash', rewritten)).toBe(hash);
});

test('a pause that has ended puts the due time off to the announced run, or by one objective', async () => {
  const world = worldOf(30);
  const { change, follow, named } = editor(world);
  const [overridden, byItself] = ['cluster-27', 'cluster-28'] as const;
  for (const name of [overridden, byItself]) follow(name, daily, atOne);
  const all = await setUp({ world, api: 'v2', rules: withOverrides });
  const dueAt = async (hours: number) => {
    const series = await pollAndCompare(all, start + hours * hour);
    return [overridden, byItself].map((name) => of(series, 'snapshot_due_timestamp_seconds', name));
  };
  await dueAt(0);
  for (const name of [overridden, byItself]) {
    pause(world, named(name).projectId, name, start + hour);
  }
  for (const hours of [2, 27]) expect(await dueAt(hours)).toEqual([undefined, undefined]);
  // The first run after the pause comes to nothing: the one announced next is no excuse.
  const failing = [{ from: start + hour, until: start + 52 * hour }];
  for (const name of [overridden, byItself]) {
    resume(world, named(name).projectId, name, start + 27.5 * hour);
    change(name, {}, { failing });
  }
  // It runs at one o'clock every day, and had to have a snapshot every 12 or 24 hours.
  const due = [39.5 * hour, 51 * hour].map((seconds) => start + seconds + 30 * minute);
  expect(await dueAt(27.5)).toEqual(due);
  for (const hours of [28, 30, 33, 50, 51.2, 60]) expect(await dueAt(hours)).toEqual(due);
  const taken = await dueAt(76);
  for (const [at, one] of taken.entries()) expect(one).toBeGreaterThan(due[at] ?? Number.NaN);
});

test('a schedule that asks for more does so from when that is seen', async () => {
  const world = worldOf(30);
  const { follow } = editor(world);
  follow('cluster-26', daily, atFive);
  const all = await setUp({ world, api: 'v2', rules: { ...withOverrides, overrides: [] } });
  const dueAt = async (at: number) =>
    of(await pollAndCompare(all, at), 'snapshot_due_timestamp_seconds', 'cluster-26');
  const before = await dueAt(start);
  const silence = { active: { from: 0, until: start } };
  follow('cluster-26', [['hourly', 6, 3, 'days'], ...daily], atFive, silence);
  const times = [0.5, 1, 1.5, 2, 2.6].map((hours) => start + hours * hour);
  const due: (number | undefined)[] = [];
  for (const at of times) due.push(await dueAt(at));
  const seen = due.findIndex((one) => one !== before);
  const from = (times[seen] ?? Number.NaN) + 6 * hour + 30 * minute;
  expect(due).toEqual(times.map((_, at) => (at < seen ? before : from)));
});
