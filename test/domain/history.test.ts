import { describe, expect, test } from 'vitest';
import {
  type AcceptedListing,
  type History,
  newHistory,
  sinceReading,
} from '../../src/domain/history.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { backupsOf, listingOf } from './reports.ts';
import { completed, day, hour, noon, uncompleted } from './snapshots.ts';

/** A listing that was read at noon. */
function accepted(snapshots: readonly Snapshot[], rejectedIds: string[] = []): AcceptedListing {
  const listing = { ...listingOf(snapshots), rejectedIds };
  return { backups: backupsOf(snapshots), listing, snapshots, at: noon };
}

/** The history after a second listing, read at noon. */
function compared(
  before: readonly Snapshot[],
  now: readonly Snapshot[],
  {
    rejectedIds = [],
    history = newHistory,
    failedBetween = false,
  }: { rejectedIds?: string[]; history?: History; failedBetween?: boolean } = {},
): History {
  const known = { kind: 'fresh', value: backupsOf(before), at: noon - hour } as const;
  const failure = { reason: 'timeout', endpoint: 'snapshots', detail: '' } as const;
  const observed = failedBetween ? ({ ...known, kind: 'stale', failure } as const) : known;
  return sinceReading(history, observed, before, accepted(now, rejectedIds));
}

const kept = completed(noon - hour);
const forever = { expiresAt: Number.POSITIVE_INFINITY };

test('the first reading tells nothing', () => {
  expect(sinceReading(newHistory, { kind: 'pending' }, [], accepted([kept]))).toBe(newHistory);
});

describe('a snapshot has vanished when it', () => {
  test.each([
    ['left before its expiry', completed(noon - day, { expiresAt: noon + 1 }), 1],
    ['left although it is kept for ever', completed(noon - day, forever), 1],
  ])('%s', (_, gone, expected) => {
    expect(compared([kept, gone], [kept]).vanished).toBe(expected);
  });

  test.each([
    ['expired at the moment of the reading', completed(noon - day, { expiresAt: noon })],
    ['expired before', completed(noon - day, { expiresAt: noon - 1 })],
    ['never announced its expiry', completed(noon - day, { expiresAt: undefined })],
    ['had not completed', uncompleted('failed', noon - day)],
    ['was under way', uncompleted('in_progress', noon - day)],
  ])('and not when it %s', (_, gone) => {
    expect(compared([kept, gone], [kept]).vanished).toBe(0);
  });

  test('and not when it is listed but could not be used', () => {
    const gone = completed(noon - day);
    expect(compared([kept, gone], [kept], { rejectedIds: [gone.id] }).vanished).toBe(0);
  });
});

describe('a retention was reduced when a completed snapshot', () => {
  const at = (expiresAt: number | undefined) => [completed(noon - hour, { expiresAt })];

  test.each([
    ['expires earlier than before', at(noon + 2 * day), at(noon + day), 1],
    ['is no longer kept for ever', at(Number.POSITIVE_INFINITY), at(noon + day), 1],
    ['and not when it expires later', at(noon + day), at(noon + 2 * day), 0],
    ['and not when it is now kept for ever', at(noon + day), at(Number.POSITIVE_INFINITY), 0],
    ['and not when nothing changed', at(noon + day), at(noon + day), 0],
    ['and not when its expiry is no longer announced', at(noon + day), at(undefined), 0],
    ['and not when it left', at(noon + day), [], 0],
  ])('%s', (_, before, now, expected) => {
    expect(compared(before, now).retentionReductions).toBe(expected);
  });

  test('and not when the provisional expiry of a pending one changed', () => {
    const pending = uncompleted('queued', noon - hour, { id: 'x', expiresAt: noon + 2 * day });
    const done = completed(noon - hour, { id: 'x', expiresAt: noon + day });
    expect(compared([pending], [done]).retentionReductions).toBe(0);
  });
});

test('both counts only grow', () => {
  const history: History = { ...newHistory, vanished: 5, retentionReductions: 7 };
  const gone = completed(noon - day);
  const cut = { ...kept, expiresAt: noon + 1 };
  expect(compared([kept, gone], [cut], { history })).toMatchObject({
    vanished: 6,
    retentionReductions: 8,
  });
  expect(compared([kept], [kept], { history })).toMatchObject({
    vanished: 5,
    retentionReductions: 7,
  });
});

test('the last reading that found a snapshot gone, or kept for less long, is remembered', () => {
  const gone = completed(noon - day);
  const cut = { ...kept, expiresAt: noon + 1 };
  const history = compared([kept, gone], [cut]);
  expect(history).toMatchObject({ vanishedAt: noon, retentionReducedAt: noon });
  const earlier = { ...history, vanishedAt: noon - day, retentionReducedAt: noon - hour };
  expect(compared([kept], [kept], { history: earlier })).toMatchObject({
    vanishedAt: noon - day,
    retentionReducedAt: noon - hour,
  });
});

describe('the list was emptied', () => {
  const failed = uncompleted('failed', noon - day);
  const emptied = { ...newHistory, emptiedAt: noon - day };

  test.each<[string, Snapshot[], Snapshot[], History, number | undefined]>([
    ['when the last completed one left', [kept, failed], [failed], newHistory, noon],
    ['as long as none completes', [failed], [failed], emptied, noon - day],
    ['and not when there never was one', [failed], [], newHistory, undefined],
    ['and not once one completed', [failed], [failed, kept], emptied, undefined],
  ])('%s', (_, before, now, history, expected) => {
    expect(compared(before, now, { history }).emptiedAt).toBe(expected);
  });
});

describe('a run was watched', () => {
  const pending = uncompleted('in_progress', noon - 600, { id: 'x' });
  const done = completed(noon - 300, { id: 'x', requestedAt: noon - 600 });

  test('when the newest snapshot was pending before: from request to completion', () => {
    expect(compared([pending], [done]).watchedRun).toEqual({ id: 'x', seconds: 600 });
  });

  test('and is remembered while it is the newest', () => {
    const history = { ...newHistory, watchedRun: { id: 'x', seconds: 42 } };
    expect(compared([done], [done], { history }).watchedRun).toEqual({ id: 'x', seconds: 42 });
  });

  test('and is forgotten when an unwatched one is newer', () => {
    const history = { ...newHistory, watchedRun: { id: 'x', seconds: 42 } };
    const newer = completed(noon - 100);
    expect(compared([done], [newer, done], { history }).watchedRun).toBeUndefined();
  });

  test('but not when a failed read came between: nobody saw it end', () => {
    expect(compared([pending], [done], { failedBetween: true }).watchedRun).toBeUndefined();
  });

  test.each([
    ['when it had completed at the first sight of it', [], [done]],
    ['when it failed', [pending], [uncompleted('failed', noon - 600, { id: 'x' })]],
    ['when it is under way', [pending], [pending]],
  ])('but not %s', (_, before, now) => {
    expect(compared(before, now).watchedRun).toBeUndefined();
  });
});
