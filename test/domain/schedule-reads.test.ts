import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/domain/cluster.ts';
import { lastCurrent } from '../../src/domain/collected.ts';
import { lastRequestedAt } from '../../src/domain/freshness.ts';
import { planKey, planOf } from '../../src/domain/plan.ts';
import { asksSchedule } from '../../src/domain/schedule-reads.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { cluster, type Found, fleetAfter, timeout } from './reports.ts';
import { everyHours, item } from './schedules.ts';
import { completed, hour, noon, uncompleted } from './snapshots.ts';

const first = {
  at: noon,
  projects: { a: ['p'] },
  clusters: { p: [cluster('p/x')] },
  backups: { 'p/x': [] },
  schedules: { 'p/x': everyHours(6, { nextSnapshotAt: noon + 5 * hour }) },
} satisfies Found;

function asks(
  now: UnixSeconds,
  {
    passes = [first],
    listed = cluster('p/x'),
    snapshots = [],
  }: { passes?: readonly Found[]; listed?: Cluster; snapshots?: readonly Snapshot[] } = {},
): boolean {
  return asksSchedule(
    fleetAfter(passes).clusters.get('p/x'),
    listed,
    { lastRequestedAt: lastRequestedAt(snapshots), snapshots: () => snapshots },
    now,
  );
}

describe('a schedule is asked for', () => {
  test('when it was never read, or could not be', () => {
    expect(asksSchedule(undefined, cluster('p/x'), undefined, noon)).toBe(true);
    expect(asks(noon + 1, { passes: [{ ...first, schedules: {} }] })).toBe(true);
    expect(asks(noon + 1, { passes: [{ ...first, schedules: { 'p/x': timeout } }] })).toBe(true);
    const later = { at: noon + 1, schedules: { 'p/x': timeout } };
    expect(asks(noon + 2, { passes: [first, later] })).toBe(true);
  });

  test('not again at the next poll, whether Atlas has one or not', () => {
    expect(asks(noon + 300)).toBe(false);
    const passes = [{ ...first, schedules: { 'p/x': null } }];
    expect(asks(noon + 300, { passes })).toBe(false);
  });

  test('again after about two hours, at a time of its own for each cluster', () => {
    const at = (id: string) => {
      const one = cluster('p/x', { id });
      const passes = [{ ...first, clusters: { p: [one] } }];
      let now = noon;
      while (!asks(now, { passes, listed: one })) now += 60;
      return (now - noon) / hour;
    };
    expect(at(`${'0'.repeat(20)}0000`)).toBeCloseTo(1.5);
    expect(at(`${'0'.repeat(20)}8000`)).toBeCloseTo(2, 1);
    expect(at(`${'0'.repeat(20)}ffff`)).toBeCloseTo(2.5);
    const plan = planOf(everyHours(6));
    const current = (ago: number) =>
      lastCurrent({ kind: 'fresh', value: plan, at: noon - ago }, planKey, noon);
    expect(current(2.5 * hour)).toBe(plan);
    expect(current(2.5 * hour + 1)).toBeUndefined();
  });

  test('when the announced run has passed, and then every quarter of an hour until another is', () => {
    const announced = (at: UnixSeconds, readAt: UnixSeconds) => ({
      passes: [
        { ...first, at: readAt, schedules: { 'p/x': everyHours(6, { nextSnapshotAt: at }) } },
      ],
    });
    expect(asks(noon + 599, announced(noon + 600, noon))).toBe(false);
    expect(asks(noon + 600, announced(noon + 600, noon))).toBe(true);
    expect(asks(noon + 899, announced(noon - 600, noon))).toBe(false);
    expect(asks(noon + 900, announced(noon - 600, noon))).toBe(true);
  });

  test('when a snapshot asked for since then names an item that it does not hold', () => {
    const known = completed(noon + 300, { requestedAt: noon + 60, policyItemIds: ['hourly item'] });
    expect(asks(noon + 600, { snapshots: [known] })).toBe(false);
    const strange = uncompleted('queued', noon + 60, { policyItemIds: ['hourly item', 'new'] });
    expect(asks(noon + 600, { snapshots: [known, strange] })).toBe(true);
  });

  test('not because of snapshots that an older policy has left', () => {
    const old = completed(noon - hour, { policyItemIds: ['deleted'] });
    expect(asks(noon + 600, { snapshots: [old] })).toBe(false);
  });

  test('when the cluster is paused or resumed, or its backup switched', () => {
    expect(asks(noon + 60, { listed: cluster('p/x', { paused: true }) })).toBe(true);
    const off = { ...first, clusters: { p: [cluster('p/x', { backupEnabled: false })] } };
    expect(asks(noon + 60, { passes: [off] })).toBe(true);
  });

  test('when another cluster has taken the name', () => {
    expect(asks(noon + 60, { listed: cluster('p/x', { id: 'another' }) })).toBe(true);
  });

  test('although the clock was set back', () => {
    expect(asks(noon - 3 * hour)).toBe(true);
  });
});

test.each<[string, Partial<Cluster>]>([
  ['with backup off', { backupEnabled: false }],
  ['of flex', { topology: 'flex' }],
  ['that is free', { instanceSize: 'M0' }],
])('a cluster %s is never asked for its schedule', (_, more) => {
  expect(asksSchedule(undefined, cluster('p/x', more), undefined, noon)).toBe(false);
  expect(asks(noon + 9 * hour, { listed: cluster('p/x', more) })).toBe(false);
});

test('a schedule is forgotten when backup is switched off', () => {
  const off = { at: noon + 60, clusters: { p: [cluster('p/x', { backupEnabled: false })] } };
  const tracked = fleetAfter([
    { ...first, schedules: { 'p/x': everyHours(6, { policyItems: [item('h', 'hourly', 6)] }) } },
    off,
  ]).clusters.get('p/x');
  expect(tracked).toMatchObject({ collected: {}, kept: {} });
});
