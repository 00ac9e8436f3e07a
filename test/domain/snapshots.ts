import fc from 'fast-check';
import {
  type CompletedSnapshot,
  frequencies,
  type Snapshot,
  snapshotSources,
  snapshotTypes,
  type UncompletedSnapshot,
} from '../../src/domain/snapshot.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';

/** 2026-08-12T12:00:00Z. */
export const noon: UnixSeconds = 1_786_536_000;
export const hour = 3600;
export const day = 24 * hour;

/** A completed cloud snapshot, requested five minutes before it was taken and kept for a week. */
export function completed(
  takenAt: UnixSeconds,
  more: Partial<CompletedSnapshot> = {},
): CompletedSnapshot {
  return {
    id: `c${takenAt}`,
    source: 'cloud',
    status: 'completed',
    requestedAt: takenAt - 300,
    takenAt,
    finishedAt: undefined,
    expiresAt: takenAt + 7 * day,
    sizeBytes: 1_000,
    type: 'scheduled',
    frequency: 'hourly',
    cloudProvider: 'AWS',
    mongodbVersion: '8.0.29',
    encrypted: false,
    policyItemIds: [],
    ...more,
  };
}

export function uncompleted(
  status: UncompletedSnapshot['status'],
  requestedAt: UnixSeconds,
  more: Partial<Omit<UncompletedSnapshot, 'status'>> = {},
): UncompletedSnapshot {
  return {
    id: `u${requestedAt}`,
    source: 'cloud',
    status,
    requestedAt,
    expiresAt: requestedAt + 7 * day,
    type: 'scheduled',
    frequency: 'hourly',
    cloudProvider: undefined,
    mongodbVersion: undefined,
    encrypted: false,
    policyItemIds: [],
    ...more,
  };
}

// Few different times and ids, so that ties are common.
const times = fc.integer({ min: 0, max: 40 }).map((n) => noon - n * hour);
const expiries = fc.oneof(
  { weight: 6, arbitrary: times.map((at) => at + 3 * day) },
  { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const facts = {
  source: fc.constantFrom(...snapshotSources),
  requestedAt: times,
  expiresAt: expiries,
  type: fc.constantFrom(...snapshotTypes, undefined),
  frequency: fc.constantFrom(...frequencies.slice(0, 2), undefined),
  cloudProvider: fc.constant(undefined),
  mongodbVersion: fc.constant(undefined),
  encrypted: fc.constant(undefined),
  policyItemIds: fc.constant([]),
};

const anyCompleted: fc.Arbitrary<CompletedSnapshot> = fc.record({
  id: fc.constant(''),
  ...facts,
  status: fc.constant('completed'),
  takenAt: times,
  finishedAt: fc.constant(undefined),
  sizeBytes: fc.oneof(fc.nat(5_000), fc.constant(undefined)),
});

const anyUncompleted: fc.Arbitrary<UncompletedSnapshot> = fc.record({
  id: fc.constant(''),
  ...facts,
  status: fc.constantFrom('queued', 'in_progress', 'failed', 'other'),
});

/** Any listing, in any order; no id comes twice. */
export const anyListing: fc.Arbitrary<readonly Snapshot[]> = fc
  .array(fc.oneof({ weight: 3, arbitrary: anyCompleted }, anyUncompleted), { maxLength: 24 })
  .chain((snapshots) =>
    fc
      .shuffledSubarray(
        snapshots.map((_, n) => `id-${String(n).padStart(2, '0')}`),
        { minLength: snapshots.length },
      )
      .map((ids) => snapshots.map((snapshot, n): Snapshot => ({ ...snapshot, id: ids[n] ?? '' }))),
  );
