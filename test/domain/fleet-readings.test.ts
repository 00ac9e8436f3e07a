import { describe, expect, test } from 'vitest';
import { failureOf, lastKnown, lastReadAt } from '../../src/domain/observed.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { type Found, fleetAfter, snapshotsOf, timeout } from './reports.ts';
import { completed, day, hour, noon, uncompleted } from './snapshots.ts';

const old = completed(noon - day);
const newest = completed(noon - hour);
const listed: Found = { projects: { a: ['p'] }, clusters: { p: ['x'] } };

/** The cluster after these readings of its snapshots, a quarter of an hour apart. */
function afterReadings(...readings: readonly (readonly Snapshot[] | typeof timeout)[]) {
  const passes = readings.map((snapshots, n) => ({
    at: noon + n * 900,
    backups: { 'p/x': snapshots },
  }));
  const tracked = fleetAfter([listed, ...passes]).clusters.get('p/x');
  if (tracked === undefined) throw new Error('the cluster is gone');
  const { backups, history, suspect } = tracked;
  return {
    kind: backups.kind,
    snapshots: snapshotsOf(lastKnown(backups)),
    at: lastReadAt(backups),
    reason: failureOf(backups)?.reason,
    history,
    suspect,
  };
}

describe('a failed poll', () => {
  test('keeps the last good snapshots and their time', () => {
    expect(afterReadings([newest, old], timeout, timeout)).toMatchObject({
      kind: 'stale',
      snapshots: [newest, old],
      at: noon,
      reason: 'timeout',
    });
  });

  test('before the first good one leaves nothing known', () => {
    expect(afterReadings(timeout)).toMatchObject({ kind: 'failed', snapshots: undefined });
  });

  test('is made good by the next', () => {
    expect(afterReadings([old], timeout, [newest, old])).toMatchObject({
      kind: 'fresh',
      snapshots: [newest, old],
      at: noon + 1800,
      reason: undefined,
    });
  });

  test('leaves the history alone', () => {
    const { history } = afterReadings([newest, old], [newest], timeout);
    expect(history.vanished).toBe(1);
  });
});

describe.each<[string, readonly Snapshot[]]>([
  ['is suddenly empty', []],
  ['lacks the newest snapshot known', [old]],
  ['shows the newest snapshot known as failed', [uncompleted('failed', noon, { id: newest.id })]],
])('a listing that %s', (_, contradicting) => {
  test('is suspect at first: the old facts stay, marked as old', () => {
    expect(afterReadings([newest, old], contradicting)).toMatchObject({
      kind: 'stale',
      snapshots: [newest, old],
      at: noon,
      reason: 'unconfirmed',
      suspect: true,
      history: { vanished: 0 },
    });
  });

  test('is accepted when the next says so, too', () => {
    expect(afterReadings([newest, old], contradicting, contradicting)).toMatchObject({
      kind: 'fresh',
      snapshots: contradicting,
      at: noon + 1800,
      suspect: false,
    });
  });

  test('waits for its confirmation through a failed poll', () => {
    expect(afterReadings([newest, old], contradicting, timeout)).toMatchObject({
      kind: 'stale',
      snapshots: [newest, old],
      suspect: true,
    });
    expect(afterReadings([newest, old], contradicting, timeout, contradicting)).toMatchObject({
      kind: 'fresh',
      snapshots: contradicting,
    });
  });

  test('is forgotten when the next agrees with what was known', () => {
    expect(afterReadings([newest, old], contradicting, [newest, old])).toMatchObject({
      kind: 'fresh',
      snapshots: [newest, old],
      suspect: false,
      history: { vanished: 0 },
    });
    expect(afterReadings([newest, old], contradicting, [newest, old], contradicting)).toMatchObject(
      { kind: 'stale', suspect: true },
    );
  });
});

describe('a listing is believed at once', () => {
  const expired = completed(noon - 7 * day);

  test.each<[string, readonly Snapshot[], readonly Snapshot[]]>([
    ['when only an older snapshot is missing', [newest, old], [newest]],
    ['when there is a newer one instead', [old], [newest]],
    ['when the newest one known has expired since', [expired], []],
    ['when it was empty before', [], [newest]],
    ['when a failed one is missing', [newest, uncompleted('failed', noon)], [newest]],
  ])('%s', (_, before, now) => {
    expect(afterReadings(before, now)).toMatchObject({ kind: 'fresh', snapshots: now });
  });
});

test('a confirmed loss counts every snapshot that vanished', () => {
  expect(afterReadings([newest, old], [], []).history.vanished).toBe(2);
});
