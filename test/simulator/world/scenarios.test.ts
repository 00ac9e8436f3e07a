import { describe, expect, test } from 'vitest';
import type { UnixSeconds } from '../../../src/domain/time.ts';
import { isCreating } from '../../../src/simulator/routes/cluster-parts.ts';
import { demoWorld } from '../../../src/simulator/world/demo-world.ts';
import { flexStatusAt, flexTimelinesAt } from '../../../src/simulator/world/flex-timelines.ts';
import { generatedWorld, mixture } from '../../../src/simulator/world/generated-world.ts';
import { clusterOf, type ScenarioName, scenarios } from '../../../src/simulator/world/scenarios.ts';
import {
  expiresAt,
  statusAt,
  timelinesAt,
} from '../../../src/simulator/world/snapshot-timelines.ts';
import type { Cluster, World } from '../../../src/simulator/world/world.ts';
import { start } from '../client.ts';
import { pause, switchBackup } from './events.ts';

const hour = 3600;
const day = 24 * hour;
const place = {
  seed: 'test',
  projectId: 'b0123456789abcdef012345b',
  name: 'cluster',
  startedAt: start,
};
const scenario = (name: ScenarioName) => clusterOf(place, name);

function statuses(cluster: Cluster, now: UnixSeconds): string[] {
  const { cloud } = cluster;
  return timelinesAt(cluster, cloud, now).map((timeline) => statusAt(timeline, now));
}

function newestCompleted(
  { cloud, ...cluster }: Cluster,
  now: UnixSeconds,
): UnixSeconds | undefined {
  if (cloud === undefined) return undefined;
  const timelines = timelinesAt({ ...cluster, cloud }, cloud, now);
  return timelines.find((timeline) => statusAt(timeline, now) === 'completed')?.takenAt;
}

describe('a cluster that', () => {
  test('is healthy has a fresh completed snapshot on every day of a year', () => {
    const cluster = clusterOf({ ...place, rules: [['daily', 1, 14, 'days']] }, 'healthy');
    for (let now = start; now < start + 365 * day; now += day) {
      expect(now - (newestCompleted(cluster, now) ?? 0)).toBeLessThan(day + hour);
      expect(statuses(cluster, now)).not.toContain('failed');
      expect(statuses(cluster, now).length).toBeGreaterThanOrEqual(14);
    }
  });

  test('fails has five failed snapshots before anything else, and goes on failing', () => {
    expect(statuses(scenario('failing'), start).slice(0, 6)).toEqual([
      ...Array.from({ length: 5 }, () => 'failed'),
      'completed',
    ]);
    expect(statuses(scenario('failing'), start + 2 * day)[0]).not.toBe('completed');
  });

  test('is stuck has one snapshot in progress, and nothing after it', () => {
    for (const now of [start, start + 3 * day, start + 60 * day]) {
      const [newest, ...older] = statuses(scenario('stuck'), now);
      expect(newest).toBe('inProgress');
      expect(older.filter((status) => status !== 'completed')).toEqual([]);
    }
  });

  test('is stale, paused or switched off has old snapshots only', () => {
    for (const name of ['stale', 'paused', 'switchedOff'] as const) {
      const age = start - (newestCompleted(scenario(name), start) ?? 0);
      expect(age).toBeGreaterThan(2.9 * day);
      expect(statuses(scenario(name), start)).not.toEqual([]);
      expect(statuses(scenario(name), start + 800 * day)).toEqual([]);
    }
  });

  test('is expiring loses its last snapshot within hours', () => {
    for (const hours of [1, 6, 12] as const) {
      const rules = [['hourly', hours, 7, 'days']] as const;
      const cluster = clusterOf({ ...place, rules }, 'expiring');
      expect(statuses(cluster, start)).toContain('completed');
      expect(statuses(cluster, start + (hours + 2) * hour)).toEqual([]);
    }
  });

  test('was never backed up has backups on and no snapshot, for ever', () => {
    expect(scenario('neverBackedUp').cloudBackup).toBe(true);
    expect(statuses(scenario('neverBackedUp'), start + 100 * day)).toEqual([]);
  });

  test('is being made is ready minutes later and gets its first snapshot', () => {
    const cluster = scenario('creating');
    expect(isCreating(cluster, start)).toBe(true);
    expect(isCreating(cluster, start + 600)).toBe(false);
    expect(statuses(cluster, start)).toEqual([]);
    expect(statuses(cluster, start + 2 * day)).toContain('completed');
  });

  test('has recovered completed its newest snapshot and still shows the failed ones', () => {
    const cluster = clusterOf({ ...place, rules: [['hourly', 1, 3, 'days']] }, 'recovered');
    const seen = statuses(cluster, start);
    expect(seen.find((status) => status === 'completed' || status === 'failed')).toBe('completed');
    expect(seen).toContain('failed');
  });

  test('has legacy backups only is older than March 2020 and below 4.2', () => {
    const { createdAt, mongodbVersion, cloudBackup, legacyBackup, legacy } = scenario('legacy');
    expect(createdAt).toBeLessThan(Date.UTC(2020, 2, 23) / 1000);
    expect(mongodbVersion).toMatch(/^4\.0/);
    expect({ cloudBackup, legacyBackup }).toEqual({ cloudBackup: false, legacyBackup: true });
    expect(legacy).toBeDefined();
  });

  test('has legacy leftovers keeps one of them for ever', () => {
    const cluster = scenario('legacyLeftovers');
    if (cluster.legacy === undefined) throw new Error('no legacy backups');
    const left = timelinesAt(cluster, cluster.legacy, start + 3000 * day);
    expect(left.map((timeline) => expiresAt(timeline, start))).toEqual([Number.POSITIVE_INFINITY]);
  });
});

describe('a flex cluster', () => {
  test('has eight snapshots, the oldest first, each listed for eight days', () => {
    const cluster = scenario('flex');
    for (let now = start; now < start + 20 * day; now += 5 * hour) {
      const timelines = flexTimelinesAt(cluster, now);
      const times = timelines.map(({ scheduledAt }) => scheduledAt);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect([7, 8]).toContain(timelines.length);
      for (const { scheduledAt } of timelines) {
        expect((scheduledAt - cluster.createdAt) % day).toBe(0);
        expect(now - scheduledAt).toBeLessThan(8 * day);
      }
    }
  });

  test('runs through its statuses in order', () => {
    const cluster = scenario('flex');
    const timeline = flexTimelinesAt(cluster, start).at(-1);
    if (timeline === undefined) throw new Error('no flex snapshot');
    const moments = [timeline.createdAt, timeline.queuedAt, timeline.startedAt, timeline.endedAt];
    expect(moments.map((now) => flexStatusAt(timeline, now))).toEqual([
      'PENDING',
      'QUEUED',
      'RUNNING',
      'COMPLETED',
    ]);
  });

  test('that failed shows it for two days', () => {
    const seen = flexTimelinesAt(scenario('flexFailed'), start).map((timeline) =>
      flexStatusAt(timeline, start),
    );
    expect(seen.filter((status) => status === 'FAILED')).toHaveLength(2);
    expect(seen.at(-1)).toBe('FAILED');
  });
});

describe('a world', () => {
  const names = (world: World) =>
    world.projects.flatMap(({ id, name }) =>
      world.clusters(id).map((cluster) => `${name}/${cluster.name}`),
    );

  test('of the demo repeats a project name and a cluster name', () => {
    const world = demoWorld('demo', start);
    expect(world.organisations).toHaveLength(2);
    expect(world.projects.map(({ name }) => name)).toEqual([
      'payments',
      'platform',
      'analytics',
      'payments',
    ]);
    expect(names(world)).toEqual(expect.arrayContaining(['payments/ledger', 'platform/ledger']));
    expect(names(world)).toHaveLength(31);
  });

  test('of the demo sees a snapshot begin in each of its first five minutes but one', () => {
    const world = demoWorld('demo', start);
    const begun = world.projects
      .flatMap(({ id }) => world.clusters(id))
      .flatMap((cluster) => timelinesAt(cluster, cluster.cloud, start + 360))
      .map(({ requestedAt }) => Math.floor((requestedAt - start) / 60))
      .filter((minute) => minute >= 0);
    expect(new Set(begun)).toEqual(new Set([1, 2, 3, 4, 5]));
  });

  test('tells every scenario within 25 clusters, and three in five are healthy replica sets', () => {
    expect(new Set(mixture.slice(0, 25))).toEqual(new Set(Object.keys(scenarios)));
    const world = generatedWorld({ seed: 'g', projects: 3, clusters: 50 }, start);
    expect(names(world)).toHaveLength(50);
    expect(new Set(names(world)).size).toBe(50);
    const sound = [
      'healthy',
      'pit',
      'encrypted',
      'multiCloud',
      'copied',
      'onDemand',
      'fallback',
      'recovered',
    ];
    expect(mixture).toHaveLength(50);
    expect(mixture.filter((scenario) => sound.includes(scenario)).length).toBeGreaterThanOrEqual(
      30,
    );
  });

  test('is the same for the same seed and time, and another for another seed', () => {
    const wanted = { seed: 'g', projects: 2, clusters: 6 };
    const ids = (world: World) =>
      world.projects.flatMap((project) => world.clusters(project.id).map(({ id }) => id));
    expect(ids(generatedWorld(wanted, start))).toEqual(ids(generatedWorld(wanted, start)));
    expect(ids(generatedWorld({ ...wanted, seed: 'h' }, start))).not.toEqual(
      ids(generatedWorld(wanted, start)),
    );
  });

  test.each<[string, (at: number) => World]>([
    ['a generated one', (at) => generatedWorld({ seed: 'g', projects: 2, clusters: 50 }, at)],
    ['the demo', (at) => demoWorld('g', at)],
  ])('is of the same clusters whenever it begins: %s', (_, worldAt) => {
    const shown = (world: World) =>
      world.projects.flatMap(({ id }) =>
        world
          .clusters(id)
          .map(({ name, instanceSize, mongodbVersion, regions, sizeBytes }) => [
            name,
            instanceSize,
            mongodbVersion,
            regions,
            sizeBytes,
          ]),
      );
    expect(shown(worldAt(start + 12_345_678))).toEqual(shown(worldAt(start)));
  });

  test('changes while it runs: clusters come, go, pause and switch their backups', () => {
    const world = generatedWorld(
      { seed: 'g', projects: 1, clusters: 2, scenarios: ['healthy'] },
      start,
    );
    const id = world.projects[0]?.id ?? '';
    expect(world.clusters(id).map(({ name }) => name)).toEqual(['cluster-1', 'cluster-2']);
    world.add(clusterOf({ ...place, projectId: id, name: 'new' }, 'healthy'));
    expect(world.clusters(id)).toHaveLength(3);
    world.remove(id, 'cluster-1');
    expect(world.clusters(id).map(({ name }) => name)).toEqual(['cluster-2', 'new']);
    pause(world, id, 'new', start);
    expect(world.cluster(id, 'new')?.paused).toBe(true);
    switchBackup(world, id, 'cluster-2', false, start);
    const off = world.cluster(id, 'cluster-2');
    if (off === undefined) throw new Error('no cluster-2');
    expect(off.cloudBackup).toBe(false);
    expect(newestCompleted(off, start + 3 * day)).toBeLessThanOrEqual(start + hour);
    switchBackup(world, id, 'cluster-2', true, start + 3 * day);
    const on = world.cluster(id, 'cluster-2');
    if (on === undefined) throw new Error('no cluster-2');
    expect(newestCompleted(on, start + 5 * day)).toBeGreaterThan(start + 3 * day);
    expect(newestCompleted(on, start + 3 * day)).toBeUndefined();
    expect(on.cloud?.policy).toEqual(off.cloud?.policy);
    world.add(clusterOf({ ...place, projectId: id, name: 'bare' }, 'neverEnabled'));
    switchBackup(world, id, 'bare', true, start);
    const begun = world.cluster(id, 'bare');
    expect(begun && newestCompleted(begun, start + day)).toBeGreaterThan(start);
    expect(() => pause(world, id, 'cluster-1', start)).toThrow('no cluster cluster-1');
  });
});
