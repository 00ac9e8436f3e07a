import { describe, expect, test } from 'vitest';
import { failedReads } from '../../../src/domain/failed-reads.ts';
import type { Report } from '../../../src/domain/report.ts';
import { start } from '../../simulator/client.ts';
import { projectId, surveying, worldWith } from './surveying.ts';

const hour = 3600;
const json = { 'Content-Type': 'application/json' };

/** A survey that reads schedules, and a clock for it. */
async function scheduled(...of: Parameters<typeof worldWith>) {
  const world = worldWith(...of);
  let now = start;
  const it = await surveying(world, { schedules: true, now: () => now });
  const schedulesAsked = () => it.asked().filter((path) => path.endsWith('/backup/schedule'));
  const set = (at: number) => {
    now = at;
  };
  return { ...it, world, schedulesAsked, set };
}

const schedulesIn = ({ collected }: Report) => collected.get('schedule') ?? new Map();

describe('a pass', () => {
  test('reads the schedule of each cluster that has one', async () => {
    const it = await scheduled(1, 5, 'healthy', 'sharded', 'flex', 'free', 'switchedOff');
    const report = await it.pass({ discover: true });
    const G = `/groups/${projectId(it.world)}/clusters`;
    expect(it.schedulesAsked().toSorted()).toEqual([
      `${G}/cluster-1/backup/schedule`,
      `${G}/cluster-2/backup/schedule`,
    ]);
    const [first] = schedulesIn(report).values();
    expect(first).toMatchObject({
      kind: 'read',
      value: { schedule: { policyItems: expect.any(Array) } },
    });
  });

  test('reads none when that is off', async () => {
    const it = await surveying(worldWith(1, 1, 'healthy'));
    const report = await it.pass({ discover: true });
    expect(schedulesIn(report).size).toBe(0);
    expect(it.asked().some((path) => path.endsWith('/backup/schedule'))).toBe(false);
  });

  test('reads them again less than a tenth as often as snapshots, over a day', async () => {
    const it = await scheduled(1, 4, 'healthy', 'healthy', 'healthy', 'sharded');
    await it.pass({ discover: true });
    let schedules = 0;
    let polls = 0;
    for (let at = start + 300; at <= start + 24 * hour; at += 300) {
      it.set(at);
      await it.pass();
      schedules += it.schedulesAsked().length;
      polls += 4;
    }
    expect(schedules / polls).toBeLessThan(0.1);
    // Never older than two and a half hours.
    expect(schedules).toBeGreaterThanOrEqual(4 * 9);
  });

  test('takes "no backup" for no schedule', async () => {
    const it = await scheduled(1, 1, 'legacy');
    const report = await it.pass({ discover: true });
    expect([...schedulesIn(report).values()]).toMatchObject([{ kind: 'read', value: undefined }]);
    expect(failedReads(report)).toEqual([]);
  });

  test('knows the snapshots of a cluster whose schedule cannot be read', async () => {
    const it = await scheduled(1, 2, 'healthy');
    it.answer(({ path }) =>
      path.endsWith('cluster-1/backup/schedule') ? { status: 403 } : undefined,
    );
    const report = await it.pass({ discover: true });
    const key = `${projectId(it.world)}/cluster-1`;
    expect(report.backups.get(key)?.kind).toBe('read');
    expect(failedReads(report)).toMatchObject([
      { collector: 'schedule', scope: key, failure: { reason: 'forbidden', endpoint: 'schedule' } },
    ]);
    const again = await it.pass();
    expect(schedulesIn(again).size).toBe(1);
  });

  test('knows the schedule of a cluster whose snapshots cannot be read', async () => {
    const it = await scheduled(1, 1, 'healthy');
    it.answer(({ path }) => (path.endsWith('/snapshots') ? { status: 403 } : undefined));
    const report = await it.pass({ discover: true });
    expect([...schedulesIn(report).values()]).toMatchObject([{ kind: 'read' }]);
  });

  test('counts what it does not know of a schedule', async () => {
    const it = await scheduled(1, 1, 'healthy');
    const policyItems = [
      {
        id: '5f0000000000000000000001',
        frequencyType: 'lunar',
        frequencyInterval: 1,
        retentionUnit: 'moons',
        retentionValue: 1,
      },
      {},
    ];
    it.answer(({ path }) =>
      path.endsWith('/schedule')
        ? { status: 200, headers: json, body: JSON.stringify({ policies: [{ policyItems }] }) }
        : undefined,
    );
    const { anomalies } = await it.pass({ discover: true });
    expect(anomalies).toMatchObject({
      rejected: ['schema'],
      unknown: [
        { field: 'frequencyType', value: 'lunar' },
        { field: 'retentionUnit', value: 'moons' },
      ],
    });
  });
});
