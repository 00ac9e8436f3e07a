import { describe, expect, test } from 'vitest';
import type { ClusterCollector } from '../../../src/atlas/survey/collector-reader.ts';
import { AtlasError } from '../../../src/atlas/transport/failure.ts';
import { observedIn } from '../../../src/domain/collected.ts';
import { failedReads } from '../../../src/domain/failed-reads.ts';
import { planKey, planOf } from '../../../src/domain/plan.ts';
import { everyHours } from '../../domain/schedules.ts';
import { start } from '../../simulator/client.ts';
import { projectId, surveying, worldWith } from './surveying.ts';

const hour = 3600;
const adaptive = {
  mode: 'adaptive',
  intervalSeconds: 300,
  sweepIntervalSeconds: 24 * hour,
  objectives: { graceSeconds: hour, stated: () => undefined },
} as const;

/** A collector of clusters with the cadence of schedules, and who it has read, in order. */
function collecting(read: () => Promise<unknown> = async () => undefined) {
  const asked: string[] = [];
  const reader: ClusterCollector = {
    name: 'schedule',
    scope: 'cluster',
    appliesTo: ({ name }) => name !== 'cluster-2',
    read: async (_, { name }) => {
      asked.push(name);
      return read();
    },
  };
  return { reader, asked };
}

describe('a collector', () => {
  test('reads what it applies to at its own cadence, and not with every poll', async () => {
    const { reader, asked } = collecting();
    let now = start;
    const it = await surveying(worldWith(1, 3, 'healthy'), {
      collectors: [reader],
      now: () => now,
    });
    for (; now < start + 24 * hour; now += 300) await it.pass({ discover: now === start });
    const times = (name: string) => asked.filter((one) => one === name).length;
    expect(times('cluster-2')).toBe(0);
    // Every two hours, a quarter more or less.
    for (const name of ['cluster-1', 'cluster-3']) {
      expect(times(name)).toBeGreaterThanOrEqual(24 / 2.5 - 1);
      expect(times(name)).toBeLessThanOrEqual(24 / 1.5 + 1);
    }
  });

  test('reads clusters that a poll in mode adaptive does not ask for their snapshots', async () => {
    let now = start;
    const it = await surveying(worldWith(1, 1, 'healthy'), {
      schedules: true,
      reads: adaptive,
      now: () => now,
    });
    const polls: string[] = [];
    for (; now < start + 5 * hour; now += 300) {
      const { backups, collected } = await it.pass({ discover: now === start });
      polls.push(`${backups.size} snapshots, ${collected.get('schedule')?.size ?? 0} schedules`);
    }
    expect(polls).toContain('0 snapshots, 0 schedules');
    expect(polls).toContain('0 snapshots, 1 schedules');
  });

  test('waits until all snapshots have been read, also those of other projects', async () => {
    const readBefore: number[] = [];
    const { reader } = collecting();
    const it = await surveying(worldWith(2, 3, 'healthy'), {
      concurrency: 1,
      collectors: [
        {
          ...reader,
          read: async () => {
            const snapshots = it.asked().filter((path) => path.includes('/backup/snapshots'));
            readBefore.push(snapshots.length);
          },
        },
      ],
    });
    await it.pass({ discover: true });
    expect(readBefore).toEqual([6, 6, 6, 6, 6]);
  });

  test('that fails hides nothing, keeps what it knew, and is told by its name', async () => {
    const plan = planOf(everyHours(6));
    let failing = false;
    const { reader, asked } = collecting(async () => {
      if (failing) throw new AtlasError('forbidden', 'schedule', { status: 403 });
      return plan;
    });
    let now = start;
    const it = await surveying(worldWith(1, 1, 'healthy'), {
      collectors: [reader],
      now: () => now,
    });
    await it.pass({ discover: true });
    failing = true;
    now += 3 * hour;
    const report = await it.pass();
    const key = `${projectId(it.world)}/cluster-1`;
    expect(report.backups.get(key)?.kind).not.toBe('failed');
    expect(failedReads(report)).toMatchObject([
      { collector: 'schedule', scope: key, failure: { reason: 'forbidden' } },
    ]);
    const [tracked] = it.fleet().clusters.values();
    expect(observedIn(tracked?.collected ?? {}, planKey)).toMatchObject({
      kind: 'stale',
      value: plan,
      at: start,
    });
    // A role that is missing will be missing for a while: it is not asked for with every poll.
    asked.length = 0;
    for (let n = 0; n < 10; n += 1) {
      now += 300;
      await it.pass();
    }
    expect(asked).toEqual([]);
  });

  test('that failed for another reason is tried again within a quarter of an hour', async () => {
    const { reader, asked } = collecting(async () => {
      throw new AtlasError('server', 'schedule', { status: 500 });
    });
    let now = start;
    const it = await surveying(worldWith(1, 1, 'healthy'), {
      collectors: [reader],
      now: () => now,
    });
    for (let n = 0; n < 13; n += 1) {
      await it.pass({ discover: n === 0 });
      now += 300;
    }
    expect(asked).toHaveLength(5);
  });
});
