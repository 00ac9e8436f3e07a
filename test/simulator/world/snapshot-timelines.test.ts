import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UnixSeconds } from '../../../src/domain/time.ts';
import { snapshot } from '../../../src/simulator/routes/cloud-snapshots.ts';
import { generatedWorld, mixture } from '../../../src/simulator/world/generated-world.ts';
import { clusterOf, type ScenarioName } from '../../../src/simulator/world/scenarios.ts';
import {
  expiresAt,
  type SnapshotTimeline,
  statusAt,
  timelinesAt,
} from '../../../src/simulator/world/snapshot-timelines.ts';
import type { Cluster } from '../../../src/simulator/world/world.ts';
import { start } from '../client.ts';

const hour = 3600;
const day = 24 * hour;
const place = {
  seed: 'test',
  projectId: 'b0123456789abcdef012345b',
  name: 'cluster',
  startedAt: start,
};
const everyScenario = [...new Set(mixture)];

function timelinesOf(cluster: Cluster, now: UnixSeconds): SnapshotTimeline[] {
  return timelinesAt(cluster, cluster.cloud, now);
}

const anyCluster = fc
  .tuple(fc.constantFrom(...everyScenario), fc.string())
  .map(([scenario, seed]) => clusterOf({ ...place, seed }, scenario));
const anyTime = fc.integer({ min: start - 30 * day, max: start + 400 * day });

// biome-ignore lint/suspicious/noExplicitAny: bodies are looked at as a client would
function bodies(cluster: Cluster, now: UnixSeconds): any[] {
  return JSON.parse(
    JSON.stringify(
      timelinesOf(cluster, now).map((timeline) => snapshot({ api: 'v2', now }, cluster, timeline)),
    ),
  );
}

describe('a cloud snapshot of any cluster at any time', () => {
  test('has an id that begins with the time of its request', () => {
    fc.assert(
      fc.property(anyCluster, anyTime, (cluster, now) => {
        for (const { id, requestedAt } of timelinesOf(cluster, now)) {
          expect(id).toMatch(/^[0-9a-f]{24}$/);
          expect(Number.parseInt(id.slice(0, 8), 16)).toBe(requestedAt);
        }
      }),
    );
  });

  test('has createdAt and a size when it is completed, and only then', () => {
    fc.assert(
      fc.property(anyCluster, anyTime, (cluster, now) => {
        for (const body of bodies(cluster, now)) {
          expect('createdAt' in body).toBe(body.status === 'completed');
          expect(body.storageSizeBytes > 0).toBe(body.status === 'completed');
        }
      }),
    );
  });

  test('only moves forward as the clock does', () => {
    const order = ['queued', 'inProgress', 'completed', 'failed'];
    const steps = fc.array(fc.integer({ min: 1, max: 6 * hour }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(anyCluster, anyTime, steps, (cluster, from, waits) => {
        const before = new Map<string, SnapshotTimeline>();
        let now = from;
        for (const wait of waits) {
          for (const timeline of timelinesOf(cluster, now)) {
            const earlier = before.get(timeline.id) ?? timeline;
            expect(timeline).toEqual(earlier);
            const [was, is] = [statusAt(earlier, now - wait), statusAt(timeline, now)];
            expect(order.indexOf(is)).toBeGreaterThanOrEqual(order.indexOf(was));
            before.set(timeline.id, timeline);
          }
          now += wait;
        }
      }),
    );
  });

  test('is listed from its request until it expires, newest first', () => {
    fc.assert(
      fc.property(anyCluster, anyTime, (cluster, now) => {
        const timelines = timelinesOf(cluster, now);
        const times = timelines.map(({ requestedAt }) => requestedAt);
        expect(times).toEqual(times.toSorted((a, b) => b - a));
        expect(new Set(timelines.map(({ id }) => id)).size).toBe(timelines.length);
        for (const timeline of timelines) {
          expect(timeline.requestedAt).toBeLessThanOrEqual(now);
          if (statusAt(timeline, now) !== 'inProgress')
            expect(expiresAt(timeline, now)).toBeGreaterThan(now);
        }
      }),
    );
  });

  test('shows the same whether the world was watched all the time or not', () => {
    fc.assert(
      fc.property(fc.constantFrom(...everyScenario), anyTime, (scenario, now) => {
        const watched = clusterOf(place, scenario);
        for (let at = now - day; at < now; at += 1234) timelinesOf(watched, at);
        expect(timelinesOf(watched, now)).toEqual(timelinesOf(clusterOf(place, scenario), now));
        // The clock steps back.
        const earlier = now - 3 * day;
        expect(timelinesOf(watched, earlier)).toEqual(
          timelinesOf(clusterOf(place, scenario), earlier),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('the timeline of a snapshot', () => {
  const cluster = clusterOf(place, 'healthy');
  const [timeline] = timelinesOf(cluster, start);
  if (timeline === undefined) throw new Error('a healthy cluster without snapshots');
  const at = (now: UnixSeconds) =>
    JSON.parse(JSON.stringify(snapshot({ api: 'v2', now }, cluster, timeline)));

  test('begins queued, with nothing known but its expiry', () => {
    const body = at(timeline.requestedAt);
    expect(body).toMatchObject({ status: 'queued', storageSizeBytes: 0 });
    expect(Object.keys(body)).not.toContain('cloudProvider');
    expect(Object.keys(body)).not.toContain('mongodVersion');
    expect(Object.keys(body)).toContain('expiresAt');
  });

  test('is in progress first without version and provider, then with the version, then with both', () => {
    expect(at(timeline.startedAt)).toMatchObject({ status: 'inProgress' });
    expect(at(timeline.startedAt).mongodVersion).toBeUndefined();
    expect(at(timeline.versionKnownAt).mongodVersion).toBe(cluster.mongodbVersion);
    expect(at(timeline.versionKnownAt).cloudProvider).toBeUndefined();
    expect(at(timeline.providerKnownAt)).toMatchObject({ status: 'inProgress' });
    expect(at(timeline.providerKnownAt).cloudProvider).toBe(cluster.regions[0].provider);
  });

  test('ends within minutes, and its expiry is then counted from the end', () => {
    expect(timeline.endedAt - timeline.requestedAt).toBeLessThan(12 * 60);
    expect(expiresAt(timeline, timeline.endedAt - 1)).toBe(
      timeline.requestedAt + timeline.retentionSeconds,
    );
    expect(expiresAt(timeline, timeline.endedAt)).toBe(
      timeline.endedAt + timeline.retentionSeconds,
    );
    expect(at(timeline.endedAt).status).toBe('completed');
  });

  test('names the rarest item it was taken for and is kept as long as the longest', () => {
    const rules = [
      ['hourly', 6, 2, 'days'],
      ['daily', 1, 7, 'days'],
      ['weekly', 3, 4, 'weeks'],
    ] as const;
    const weekly = clusterOf({ ...place, rules, reference: { hour: 9, minute: 0 } }, 'healthy');
    const newest = timelinesOf(weekly, start)[0];
    const body = bodies(weekly, start)[0];
    expect(body.frequencyType).toBe('weekly');
    expect(body.policyItems).toEqual(weekly.cloud?.policy.items.map(({ id }) => id));
    expect(newest?.retentionSeconds).toBe(28 * day);
  });
});

describe('what a snapshot is', () => {
  const now = start;
  const daily = {
    ...place,
    rules: [
      ['hourly', 6, 7, 'days'],
      ['daily', 1, 7, 'days'],
    ],
  } as const;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked at as a client would
  const completed = (cluster: Cluster): any[] =>
    bodies(cluster, now).filter(({ status }) => status === 'completed');

  test('fallback or scheduled or asked for is its type', () => {
    const types = completed(clusterOf(daily, 'fallback')).map((it) => it.snapshotType);
    expect(types).toContain('scheduled');
    expect(types.filter((type) => type === 'fallback')).toHaveLength(4);
    const asked = completed(clusterOf(daily, 'onDemand')).filter((it) => it.description);
    expect(asked).toMatchObject([
      { snapshotType: 'onDemand', frequencyType: 'ondemand', policyItems: [] },
      { description: 'end of quarter' },
    ]);
  });

  test('copied where the schedule says so: the daily ones', () => {
    for (const { frequencyType, copyRegions } of completed(clusterOf(daily, 'copied'))) {
      expect(copyRegions).toEqual(frequencyType === 'daily' ? ['US_WEST_2'] : []);
    }
  });

  test('in several clouds when its cluster is sharded over them', () => {
    const [newest] = completed(clusterOf(daily, 'sharded', 'multiCloud'));
    const providers = newest.members.map((it: { cloudProvider: string }) => it.cloudProvider);
    expect(providers).toEqual(['AWS', 'GCP', 'AZURE']);
  });
});

describe('a world with a wanted number of snapshots', () => {
  test.each([1, 30, 100, 501])('keeps %i completed ones of every healthy cluster', (snapshots) => {
    const scenarios: [ScenarioName] = ['healthy'];
    const world = generatedWorld(
      { seed: 's', projects: 1, clusters: 5, snapshots, scenarios },
      start,
    );
    for (const cluster of world.clusters(world.projects[0]?.id ?? '')) {
      const completed = timelinesOf(cluster, start).filter(
        (timeline) => statusAt(timeline, start) === 'completed',
      );
      // One more or less around a firing.
      expect(Math.abs(completed.length - snapshots)).toBeLessThanOrEqual(1);
    }
  });
});
