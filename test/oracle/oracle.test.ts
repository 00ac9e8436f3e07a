import { expect, onTestFinished, test, vi } from 'vitest';
import { realTiming } from '../../src/atlas/timing.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Exporter, newExporter } from '../../src/exporter.ts';
import type { Format } from '../../src/metrics/encoding.ts';
import { generatedWorld } from '../../src/simulator/generated-world.ts';
import { clusterOf } from '../../src/simulator/stories.ts';
import type { Cluster, World } from '../../src/simulator/world.ts';
import { parsed } from '../metrics/exposition.ts';
import { simulated, standingClock, start } from '../simulator/client.ts';
import { naiveReader, type Series, seriesKey } from './naive-series.ts';
import { type Api, readRaw } from './raw-replies.ts';

vi.setConfig({ testTimeout: 60_000 });

const minute = 60;
const hour = 3600;
const silent = () => undefined;

async function configOf(url: string, api: Api): Promise<Config> {
  const file = `
accounts:
  - name: main
    base_url: ${url}
    api: ${api}
    auth: { api_key: { public_key: simulator, private_key: simulator-key } }
poll: { interval: 30s, discovery_interval: 30s }
`;
  const readFile = async () => Buffer.from(file);
  const loaded = await loadConfig({ path: 'oracle', env: {}, readFile });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

/** An exporter, the Atlas that it reads, and a naive reader of the same, in one standing time. */
async function setUp(api: Api, clusters: number) {
  const { clock, set } = standingClock(start);
  const world = generatedWorld({ seed: 'oracle', projects: 7, clusters }, start);
  const simulator = await simulated(world, { clock, rateLimits: 'off', journalEntries: 0 });
  const exporter = await newExporter({
    config: await configOf(simulator.url, api),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    clock,
    timing: { ...realTiming, monotonicMs: () => clock() * 1000 },
  });
  onTestFinished(() => exporter.close());
  return { exporter, simulator, world, set, naive: naiveReader('main'), api };
}

/** Lets both read at this time, and compares every series a while later. */
async function pollAndCompare(
  { exporter, simulator, set, naive, api }: Awaited<ReturnType<typeof setUp>>,
  at: number,
): Promise<Series> {
  set(at);
  exporter.poller.refreshIfDue();
  await vi.waitUntil(() => !exporter.poller.inProgress(), { timeout: 15_000, interval: 2 });
  naive.poll(await readRaw(simulator, api), at);
  const later = at + 97;
  set(later);
  const expected = naive.series(later);
  compare(await seriesOf(exporter, 'text'), expected);
  return expected;
}

/** Complete sets: none missing, none extra, every value equal. */
function compare(shown: Series, expected: Series): void {
  const missing = [...expected.keys()].filter((key) => !shown.has(key));
  const extra = [...shown.keys()].filter((key) => !expected.has(key));
  const different = [...expected]
    .filter(([key, value]) => shown.has(key) && !isClose(shown.get(key), value))
    .map(([key, value]) => `${key}: ${shown.get(key)} instead of ${value}`);
  expect({ missing, extra, different }).toEqual({ missing: [], extra: [], different: [] });
}

// A median may be rounded differently; all else is whole.
function isClose(shown = Number.NaN, expected = Number.NaN): boolean {
  return Number.isInteger(expected)
    ? shown === expected
    : Math.abs(shown - expected) < 1e-12 * Math.abs(expected);
}

async function seriesOf(exporter: Exporter, format: Format): Promise<Series> {
  const { body } = await exporter.page({ format, gzip: false });
  const samples = parsed(body.toString(), format).flatMap((family) => family.samples);
  return new Map(
    samples
      .filter(({ name }) => !/^(mongodbatlas_backup_exporter|process|nodejs)_/.test(name))
      .map(({ name, labels, value }) => [seriesKey(name, labels), value]),
  );
}

/** How many series of a family have another value than 0. */
function telling(series: Series, name: string): number {
  return [...series].filter(
    ([key, value]) => key.startsWith(`mongodbatlas_backup_${name} `) && value !== 0,
  ).length;
}

const first = (world: World, accepted: (cluster: Cluster) => boolean): Cluster => {
  const found = world.projects
    .flatMap(({ id }) => world.clusters(id))
    .find((cluster) => accepted(cluster) && cluster.family === 'replicaSet');
  if (found === undefined) throw new Error('no such cluster');
  return found;
};

const nameOf = (world: World, { projectId }: Cluster) =>
  world.projects.find(({ id }) => id === projectId)?.name ?? '';

test('every series of 200 clusters is what a naive reading of the raw replies gives', async () => {
  const all = await setUp('v2', 200);
  const series = await pollAndCompare(all, start);
  compare(await seriesOf(all.exporter, 'openmetrics'), series);
  expect(series.size).toBeGreaterThan(4_500);
  const families = new Set([...series.keys()].map((key) => key.split(' ')[0]));
  // All of them: snapshot_last_duration_seconds is there for flex and legacy clusters.
  expect(families.size).toBe(30);
});

test('it is still after hours in which snapshots ran, completed, failed and expired', async () => {
  const all = await setUp('v2', 200);
  await pollAndCompare(all, start);
  for (const later of [5, 10, 20, 35]) await pollAndCompare(all, start + later * minute);
  const watched = await pollAndCompare(all, start + 50 * minute);
  expect(telling(watched, 'snapshot_last_duration_seconds')).toBeGreaterThan(30);
  for (const later of [5, 24]) await pollAndCompare(all, start + later * hour);
});

test('it is still when snapshots vanish, retentions shrink, and clusters come and go', async () => {
  const all = await setUp('v2', 50);
  const { world } = all;
  await pollAndCompare(all, start);

  const emptied = first(world, ({ cloudBackup }) => cloudBackup);
  world.switchBackup(emptied.projectId, emptied.name, false, start + minute);
  await pollAndCompare(all, start + 5 * minute);
  world.switchBackup(emptied.projectId, emptied.name, true, start + 6 * minute);
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
  world.switchBackup(cut.projectId, cut.name, false, start + 12 * hour - minute);
  await pollAndCompare(all, start + 12 * hour);
  world.switchBackup(cut.projectId, cut.name, true, start + 14 * hour - minute);
  const expired = await pollAndCompare(all, start + 14 * hour);
  const id = { project_id: cut.projectId, project: nameOf(world, cut), cluster: cut.name };
  expect(expired.get(seriesKey('mongodbatlas_backup_refresh_success', id))).toBe(0);
  expect(expired.has(seriesKey('mongodbatlas_backup_snapshots_incomplete', id))).toBe(false);
  await pollAndCompare(all, start + 16 * hour);
});

test('it is so for an account that speaks API v1.0', async () => {
  const all = await setUp('v1.0', 100);
  const series = await pollAndCompare(all, start);
  expect(series.size).toBeGreaterThan(2_000);
  for (const later of [6, 12, 18]) await pollAndCompare(all, start + later * minute);
  await pollAndCompare(all, start + 7 * hour);
});
