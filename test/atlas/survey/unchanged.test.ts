import { describe, expect, test } from 'vitest';
import { lastKnown, lastReadAt } from '../../../src/domain/observed.ts';
import { unpacked } from '../../../src/domain/packed-snapshots.ts';
import { generatedWorld } from '../../../src/simulator/world/generated-world.ts';
import { start } from '../../simulator/client.ts';
import { projectId, type Surveying, surveying, worldWith } from './surveying.ts';

const only = (it: Surveying) => {
  const [tracked] = it.fleet().clusters.values();
  if (tracked === undefined) throw new Error('the cluster is gone');
  return { known: lastKnown(tracked.backups), readAt: lastReadAt(tracked.backups) };
};

describe('a listing that comes back byte for byte', () => {
  test.each(['healthy', 'sharded', 'flex'] as const)(
    'is not taken apart again, and counts as read: %s',
    async (scenario) => {
      let now = start;
      const it = await surveying(worldWith(1, 1, scenario), { now: () => now });
      await it.pass({ discover: true });
      const first = only(it);
      now += 60;
      await it.pass();
      expect(first.known?.listing.fingerprints).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
      const second = only(it);
      expect(second.known).toBe(first.known);
      expect(second.readAt).toBe((first.readAt ?? 0) + 60);
    },
  );

  test('is another one as soon as a snapshot has come', async () => {
    let now = start;
    const it = await surveying(worldWith(1, 1, 'healthy'), { now: () => now });
    await it.pass({ discover: true });
    const first = only(it).known?.newestCompleted?.takenAt ?? 0;
    now += 7 * 3600;
    await it.pass();
    expect(only(it).known?.newestCompleted?.takenAt).toBeGreaterThan(first);
  });

  test('has its strange records counted each time', async () => {
    const it = await surveying(worldWith(1, 1, 'healthy'));
    it.simulator.faults.set('not_records@/backup/snapshots,unknown_values@/backup/snapshots');
    for (const discover of [true, false]) {
      const { anomalies } = await it.pass({ discover });
      expect(anomalies.rejected.length + anomalies.unknown.length).toBeGreaterThan(0);
    }
  });
});

describe('two listings, one of them of legacy snapshots', () => {
  const leftovers = () =>
    generatedWorld(
      { seed: 'legacy', projects: 1, clusters: 1, scenarios: ['legacyLeftovers'] },
      start,
    );

  test('are not taken apart again when both come back byte for byte', async () => {
    let now = start;
    const it = await surveying(leftovers(), { now: () => now });
    await it.pass({ discover: true });
    const first = only(it);
    now += 60;
    await it.pass();
    expect(it.asked().filter((path) => path.includes('/snapshots'))).toHaveLength(2);
    expect(first.known?.listing.fingerprints).toHaveLength(2);
    expect(only(it).known).toBe(first.known);
  });

  test('say the same as ever when only one of them was read', async () => {
    let now = start;
    const world = leftovers();
    const it = await surveying(world, { now: () => now });
    await it.pass({ discover: true });
    const before = only(it).known;
    now += 7 * 3600;
    await it.pass();
    const after = only(it).known;
    expect(after?.listing.fingerprints[0]).not.toBe(before?.listing.fingerprints[0]);
    expect(after?.listing.fingerprints[1]).toBe(before?.listing.fingerprints[1]);
    const afresh = await surveying(world, { now: () => now });
    await afresh.pass({ discover: true });
    expect(after).toEqual(only(afresh).known);
  });

  test('are not taken for one when the legacy one is not asked for any more', async () => {
    const world = leftovers();
    const both = await surveying(world);
    await both.pass({ discover: true });
    const one = await surveying(world, { accounts: [{ legacy: 'never' }], knows: both.fleet() });
    await one.pass({ discover: true });
    const sources = (it: Surveying) =>
      new Set(unpacked(only(it).known?.listing.snapshots ?? []).map(({ source }) => source));
    expect(sources(both)).toContain('legacy');
    expect(sources(one)).not.toContain('legacy');
  });
});

test('one that has more than a page is read in full each time', async () => {
  let now = start;
  const world = generatedWorld(
    { seed: 'long', projects: 1, clusters: 1, snapshots: 600, scenarios: ['healthy'] },
    start,
  );
  const it = await surveying(world, { now: () => now });
  await it.pass({ discover: true });
  now += 60;
  await it.pass();
  expect(it.asked()).toHaveLength(2);
  expect(only(it).known?.listing.fingerprints).toEqual([undefined]);
});

describe('a listing of clusters that comes back byte for byte', () => {
  const listed = (it: Surveying) => [...it.fleet().clusters.values()].map(({ cluster }) => cluster);

  test('is not taken apart again', async () => {
    const it = await surveying(worldWith(1, 3, 'healthy', 'flex'));
    await it.pass({ discover: true });
    const before = listed(it);
    await it.pass({ discover: true });
    expect(listed(it)).toHaveLength(3);
    for (const [n, cluster] of listed(it).entries()) expect(cluster).toBe(before[n]);
  });

  test('is another one as soon as a cluster has changed or gone', async () => {
    const world = worldWith(1, 3, 'healthy', 'flex');
    const it = await surveying(world);
    await it.pass({ discover: true });
    const [first] = world.clusters(projectId(world));
    if (first === undefined) throw new Error('there is no cluster');
    world.add({ ...first, paused: true });
    await it.pass({ discover: true });
    expect(listed(it).filter(({ paused }) => paused === true)).toHaveLength(1);
    world.remove(projectId(world), first.name);
    for (let time = 0; time < 2; time += 1) await it.pass({ discover: true });
    expect(listed(it)).toHaveLength(2);
  });

  test('has its strange records counted each time', async () => {
    const it = await surveying(worldWith(1, 2, 'healthy'));
    it.simulator.faults.set('not_records@/clusters');
    for (let time = 0; time < 2; time += 1) {
      const { anomalies } = await it.pass({ discover: true });
      expect(anomalies.rejected.length).toBeGreaterThan(0);
    }
  });
});
