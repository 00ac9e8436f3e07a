import { describe, expect, test } from 'vitest';
import { type ReadRules, reasonToRead } from '../../src/domain/backup-reads.ts';
import type { Cluster } from '../../src/domain/cluster.ts';
import type { Objective } from '../../src/domain/objective.ts';
import type { Schedule } from '../../src/domain/schedule.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { cluster, type Found, fleetAfter, project, timeout } from './reports.ts';
import { everyHours, item } from './schedules.ts';
import { completed, hour, noon, uncompleted } from './snapshots.ts';

const adaptive = (stated?: Objective | 'exempt'): ReadRules => ({
  mode: 'adaptive',
  intervalSeconds: 300,
  // Far away: what is asked here is asked for another reason.
  sweepIntervalSeconds: 10_000 * hour,
  objectives: { graceSeconds: hour, stated: () => stated },
});

/** At noon, with a snapshot of 11:00 by a schedule whose next run is at 17:00. */
function first(
  more: Partial<Cluster> = {},
  schedule: Schedule | null = everyHours(6, { nextSnapshotAt: noon + 5 * hour }),
): Found {
  return {
    at: noon,
    projects: { a: ['p'] },
    clusters: { p: [cluster('p/x', more)] },
    backups: { 'p/x': [completed(noon - hour + 300)] },
    schedules: { 'p/x': schedule },
  };
}

function reason(
  now: UnixSeconds,
  passes: readonly Found[] = [first()],
  { listed, rules = adaptive() }: { listed?: Cluster; rules?: ReadRules } = {},
) {
  const tracked = fleetAfter(passes).clusters.get('p/x');
  const known = listed ?? tracked?.cluster ?? cluster('p/x');
  return reasonToRead(rules, project('p'), known, tracked, now);
}

test('in mode full every cluster is asked at every poll', () => {
  expect(reason(noon + 1, [first()], { rules: { mode: 'full' } })).toBe('always');
  expect(reason(noon + 1, [], { rules: { mode: 'full' } })).toBe('always');
});

test('nothing is asked of a cluster whose next run is to come', () => {
  expect(reason(noon + 300)).toBeUndefined();
  expect(reason(noon + 5 * hour - 1)).toBeUndefined();
});

describe('a cluster is asked', () => {
  test('when it was never read, or the last read failed', () => {
    const { backups: _, ...unread } = first();
    expect(reason(noon + 1, [])).toBe('unread');
    expect(reason(noon + 1, [unread])).toBe('unread');
    expect(reason(noon + 1, [{ ...first(), backups: { 'p/x': timeout } }])).toBe('unread');
    const later = { at: noon + 300, backups: { 'p/x': timeout } };
    expect(reason(noon + 600, [first(), later])).toBe('unread');
  });

  test('when its last listing waits to be confirmed', () => {
    const later = { at: noon + 300, backups: { 'p/x': [] } };
    expect(reason(noon + 600, [first(), later])).toBe('unread');
  });

  test.each<[string, Partial<Cluster>]>([
    ['is another of the same name', { id: 'another' }],
    ['was paused', { paused: true }],
    ['has its backup switched off', { backupEnabled: false }],
    ['has continuous backup now', { pitEnabled: true }],
    ['was resized', { instanceSize: 'M20' }],
    ['was made a sharded one', { topology: 'sharded' }],
  ])('when its listing shows that it %s', (_, more) => {
    expect(reason(noon + 1, [first()], { listed: cluster('p/x', more) })).toBe('changed');
  });

  test('when the listing of its project does not hold it', () => {
    expect(reason(noon + 1, [first(), { at: noon + 300, clusters: { p: [] } }])).toBe('changed');
  });

  test.each(['queued', 'in_progress', 'other'] as const)('while a snapshot is %s', (status) => {
    const pending = [completed(noon - hour), uncompleted(status, noon - 60)];
    expect(reason(noon + 1, [{ ...first(), backups: { 'p/x': pending } }])).toBe('pending');
  });

  test('from its announced run on', () => {
    expect(reason(noon + 5 * hour)).toBe('expected');
  });

  test('until a snapshot of that run is listed, although the next is announced', () => {
    const run = noon + 5 * hour;
    const next = {
      at: run + 10,
      backups: { 'p/x': [completed(noon - hour + 300)] },
      schedules: { 'p/x': everyHours(6, { nextSnapshotAt: run + 6 * hour }) },
    };
    // A moment before the longest gap has passed as well.
    expect(reason(run + 299, [first(), next])).toBe('expected');
    const taken = [completed(noon - hour + 300), completed(run + 200, { requestedAt: run })];
    const seen = { at: run + 300, backups: { 'p/x': taken } };
    expect(reason(run + 600, [first(), next, seen])).toBeUndefined();
    expect(reason(run + 600, [first(), { ...next, backups: seen.backups }])).toBeUndefined();
  });

  test('not for a run that a pause has cut off', () => {
    const run = noon + 5 * hour;
    const next = {
      at: run + 10,
      schedules: { 'p/x': everyHours(6, { nextSnapshotAt: run + 6 * hour }) },
    };
    const paused = { at: run + 600, clusters: { p: [cluster('p/x', { paused: true })] } };
    expect(reason(run + 900, [first(), next, paused])).toBeUndefined();
    const on = { at: run + 900, clusters: { p: ['x'] } };
    expect(fleetAfter([first(), next, paused, on]).clusters.get('p/x')).toMatchObject({
      awaitedRunAt: undefined,
    });
  });

  test('when the longest gap of its schedule has passed, whatever is announced', () => {
    const passes = [first({}, everyHours(6, { nextSnapshotAt: noon + 99 * hour }))];
    expect(reason(noon + 5 * hour + 299, passes)).toBeUndefined();
    expect(reason(noon + 5 * hour + 300, passes)).toBe('expected');
  });

  test('always, when nothing tells when its next run is', () => {
    expect(reason(noon + 1, [first({}, null)])).toBe('expected');
    expect(reason(noon + 1, [{ ...first(), schedules: { 'p/x': timeout } }])).toBe('expected');
    const unannounced = everyHours(6, { nextSnapshotAt: undefined });
    expect(reason(noon + 1, [first({}, unannounced)])).toBe('expected');
    const unknown = { nextSnapshotAt: undefined, policyItems: [item('new', 'other', 1)] };
    expect(reason(noon + 1, [first({}, everyHours(6, unknown))])).toBe('expected');
  });

  test('not for a schedule that takes none by itself', () => {
    const onDemand = { nextSnapshotAt: undefined, policyItems: [item('one', 'on_demand', 0)] };
    expect(reason(noon + 99 * hour, [first({}, everyHours(6, onDemand))])).toBeUndefined();
  });

  test('a day after the newest snapshot, when it is flex', () => {
    const { schedules: _, ...flex } = first({ topology: 'flex', paused: undefined });
    expect(reason(noon + 23 * hour + 299, [flex])).toBeUndefined();
    expect(reason(noon + 23 * hour + 300, [flex])).toBe('expected');
  });

  test('past its due time, although its schedule asks for none yet', () => {
    const passes = [first({}, everyHours(24, { nextSnapshotAt: noon + 23 * hour }))];
    const rules = adaptive({ seconds: 2 * hour, source: 'override' });
    expect(reason(noon + 2 * hour + 299, passes, { rules })).toBeUndefined();
    expect(reason(noon + 2 * hour + 300, passes, { rules })).toBe('late');
    expect(reason(noon + 2 * hour + 300, passes, { rules: adaptive('exempt') })).toBeUndefined();
  });

  test('not while it is paused or its backup off, however old its snapshots', () => {
    expect(reason(noon + 99 * hour, [first({ paused: true })])).toBeUndefined();
    const off = first({ backupEnabled: false }, null);
    expect(reason(noon + 99 * hour, [off])).toBeUndefined();
  });

  test('once the newest snapshot known has reached its end, even while paused', () => {
    const end = noon + 2 * hour;
    const backups = { 'p/x': [completed(noon - hour, { expiresAt: end })] };
    expect(reason(end - 1, [{ ...first({ paused: true }), backups }])).toBeUndefined();
    expect(reason(end, [{ ...first({ paused: true }), backups }])).toBe('expired');
  });

  test('always, when that costs nothing', () => {
    expect(reason(noon + 1, [first({ instanceSize: 'M0' })])).toBe('always');
  });
});
