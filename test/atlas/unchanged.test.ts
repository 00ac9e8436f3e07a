import { describe, expect, test } from 'vitest';
import { lastKnown, lastReadAt } from '../../src/domain/observed.ts';
import { generatedWorld } from '../../src/simulator/generated-world.ts';
import { start } from '../simulator/client.ts';
import { projectId, type Surveying, surveying, worldWith } from './surveying.ts';

const only = (it: Surveying) => {
  const [tracked] = it.fleet().clusters.values();
  if (tracked === undefined) throw new Error('the cluster is gone');
  return { known: lastKnown(tracked.backups), readAt: lastReadAt(tracked.backups) };
};

describe('a listing that comes back byte for byte', () => {
  test.each(['healthy', 'sharded', 'flex'] as const)(
    'is not taken apart again, and counts as read: %s',
    async (story) => {
      let now = start;
      const it = await surveying(worldWith(1, 1, story), { now: () => now });
      await it.pass({ discover: true });
      const first = only(it);
      now += 60;
      await it.pass();
      expect(first.known?.fingerprint).toMatch(/^[\w-]{43}$/);
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

  test('does not stand for a second listing, of legacy snapshots', async () => {
    let now = start;
    const world = generatedWorld(
      { seed: 'legacy', projects: 1, clusters: 1, stories: ['legacyLeftovers'] },
      start,
    );
    const it = await surveying(world, { now: () => now });
    await it.pass({ discover: true });
    now += 60;
    await it.pass();
    expect(it.asked().filter((path) => path.includes(projectId(world)))).toHaveLength(2);
    expect(only(it).known?.fingerprint).toBeUndefined();
  });
});

test('one that has more than a page is read in full each time', async () => {
  let now = start;
  const world = generatedWorld(
    { seed: 'long', projects: 1, clusters: 1, snapshots: 600, stories: ['healthy'] },
    start,
  );
  const it = await surveying(world, { now: () => now });
  await it.pass({ discover: true });
  now += 60;
  await it.pass();
  expect(it.asked()).toHaveLength(2);
  expect(only(it).known?.fingerprint).toBeUndefined();
});
