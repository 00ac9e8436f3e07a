import { expect, test, vi } from 'vitest';
import { clusterOf } from '../../src/simulator/world/scenarios.ts';
import type { Cluster, World } from '../../src/simulator/world/world.ts';
import { start } from '../simulator/client.ts';
import { switchBackup } from '../simulator/world/events.ts';
import {
  byDefault,
  compareFormat,
  familiesMissing,
  pollAndCompare,
  setUp,
  telling,
  worldOf,
} from './comparison.ts';
import { seriesKey } from './series.ts';

vi.setConfig({ testTimeout: 180_000 });

const minute = 60;
const hour = 3600;

const first = (world: World, accepted: (cluster: Cluster) => boolean): Cluster => {
  const found = world.projects
    .flatMap(({ id }) => world.clusters(id))
    .find((cluster) => accepted(cluster) && cluster.kind === 'replicaSet');
  if (found === undefined) throw new Error('no such cluster');
  return found;
};

const nameOf = (world: World, { projectId }: Cluster) =>
  world.projects.find(({ id }) => id === projectId)?.name ?? '';

test('every series of 200 clusters is what a naive reading of the raw replies gives', async () => {
  const all = await setUp({ world: worldOf(200), api: 'v2', rules: byDefault });
  const series = await pollAndCompare(all, start);
  await compareFormat(all.exporter, 'openmetrics', series);
  expect(series.size).toBeGreaterThan(4_500);
  expect(familiesMissing(series)).toEqual([
    'mongodbatlas_backup_exempt',
    'mongodbatlas_backup_snapshot_rejected_future_timestamp_seconds',
    'mongodbatlas_backup_policy_interval_seconds',
    'mongodbatlas_backup_policy_retention_seconds',
  ]);
});

test('it is still after hours in which snapshots ran, completed, failed and expired', async () => {
  const all = await setUp({ world: worldOf(200), api: 'v2', rules: byDefault });
  await pollAndCompare(all, start);
  for (const later of [5, 10, 20, 35]) await pollAndCompare(all, start + later * minute);
  const watched = await pollAndCompare(all, start + 50 * minute);
  expect(telling(watched, 'snapshot_last_duration_seconds')).toBeGreaterThan(30);
  for (const later of [5, 24]) await pollAndCompare(all, start + later * hour);
});

test('it is still when snapshots vanish, retentions shrink, and clusters come and go', async () => {
  const all = await setUp({ world: worldOf(50), api: 'v2', rules: byDefault });
  const { world } = all;
  await pollAndCompare(all, start);

  const emptied = first(world, ({ cloudBackup }) => cloudBackup);
  switchBackup(world, emptied.projectId, emptied.name, false, start + minute);
  await pollAndCompare(all, start + 5 * minute);
  switchBackup(world, emptied.projectId, emptied.name, true, start + 6 * minute);
  const cut = first(world, ({ cloud, name }) => cloud !== undefined && name !== emptied.name);
  if (cut.cloud !== undefined) {
    const { policy } = cut.cloud;
    const items = policy.items.map((item) => ({
      ...item,
      retentionSeconds: item.retentionSeconds - 2 * hour,
    }));
    world.add({ ...cut, cloud: { ...cut.cloud, policy: { ...policy, items } } });
  }
  const doubted = await pollAndCompare(all, start + 10 * minute);
  expect(telling(doubted, 'snapshots_vanished_total')).toBeLessThanOrEqual(1);
  expect(telling(doubted, 'snapshot_retention_reductions_total')).toBe(1);
  const confirmed = await pollAndCompare(all, start + 15 * minute);
  expect(telling(confirmed, 'snapshots_vanished_total')).toBeGreaterThan(
    telling(doubted, 'snapshots_vanished_total'),
  );

  const gone = first(world, ({ name }) => name !== emptied.name && name !== cut.name);
  world.remove(gone.projectId, gone.name);
  const place = { seed: 'oracle', projectId: gone.projectId, startedAt: start };
  world.add(clusterOf({ ...place, name: 'new-one' }, 'creating'));
  // Deleted and made again under its old name.
  world.add(clusterOf({ ...place, projectId: cut.projectId, name: cut.name }, 'creating'));
  for (const later of [20, 25, 30]) await pollAndCompare(all, start + later * minute);
  // In doubt for longer than max_staleness: what does not age by itself goes.
  switchBackup(world, cut.projectId, cut.name, false, start + 12 * hour - minute);
  await pollAndCompare(all, start + 12 * hour);
  switchBackup(world, cut.projectId, cut.name, true, start + 14 * hour - minute);
  const expired = await pollAndCompare(all, start + 14 * hour);
  const id = { project_id: cut.projectId, project: nameOf(world, cut), cluster: cut.name };
  expect(expired.get(seriesKey('mongodbatlas_backup_refresh_success', id))).toBe(0);
  expect(expired.has(seriesKey('mongodbatlas_backup_snapshots_incomplete', id))).toBe(false);
  await pollAndCompare(all, start + 16 * hour);
});

test('it is so for an account that speaks API v1.0', async () => {
  const all = await setUp({ world: worldOf(100), api: 'v1.0', rules: byDefault });
  const series = await pollAndCompare(all, start);
  expect(series.size).toBeGreaterThan(2_000);
  for (const later of [6, 12, 18]) await pollAndCompare(all, start + later * minute);
  await pollAndCompare(all, start + 7 * hour);
});
