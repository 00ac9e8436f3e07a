import {
  type CompletedSnapshot,
  isCompleted,
  isNewer,
  isPending,
  type Snapshot,
  type SnapshotStatus,
} from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** The completed snapshot with the youngest data. Listings come in any order. */
export function newestCompleted(snapshots: readonly Snapshot[]): CompletedSnapshot | undefined {
  return snapshots
    .filter(isCompleted)
    .reduce<CompletedSnapshot | undefined>(
      (newest, one) => (newest === undefined || isNewer(one, newest) ? one : newest),
      undefined,
    );
}

/** How far back a restore can go. */
export function oldestCompletedAt(snapshots: readonly Snapshot[]): UnixSeconds | undefined {
  return min(snapshots.filter(isCompleted).map((snapshot) => snapshot.takenAt));
}

/**
 * When the last restorable snapshot is deleted if no more is taken. `Infinity` when one is kept for
 * ever; absent when none is completed or none announces its end.
 */
export function recoverableUntil(snapshots: readonly Snapshot[]): UnixSeconds | undefined {
  return max(snapshots.filter(isCompleted).flatMap(({ expiresAt }) => expiresAt ?? []));
}

/** Request time of the oldest snapshot that is queued or in progress. */
export function pendingSince(snapshots: readonly Snapshot[]): UnixSeconds | undefined {
  return min(snapshots.filter(isPending).map((snapshot) => snapshot.requestedAt));
}

/** When the last snapshot, of any status, was requested. */
export function lastRequestedAt(snapshots: readonly Snapshot[]): UnixSeconds | undefined {
  return max(snapshots.map((snapshot) => snapshot.requestedAt));
}

/** When the newest failed snapshot that is still listed was requested. */
export function lastFailedAt(snapshots: readonly Snapshot[]): UnixSeconds | undefined {
  return max(snapshots.filter(({ status }) => status === 'failed').map((s) => s.requestedAt));
}

/** When the newest completed fallback snapshot was taken. */
export function lastFallbackAt(snapshots: readonly Snapshot[]): UnixSeconds | undefined {
  return max(
    snapshots
      .filter(isCompleted)
      .filter(({ type }) => type === 'fallback')
      .map((snapshot) => snapshot.takenAt),
  );
}

/**
 * Whether the newest snapshot to end completed. Atlas gives no time of failure, so the newest is the
 * one requested last. Absent when none has ended.
 */
export function lastFinishedSucceeded(snapshots: readonly Snapshot[]): boolean | undefined {
  const ended = snapshots.filter(({ status }) => status === 'completed' || status === 'failed');
  const newest = ended.reduce<Snapshot | undefined>(
    (last, one) =>
      last === undefined ||
      one.requestedAt > last.requestedAt ||
      (one.requestedAt === last.requestedAt && one.id > last.id)
        ? one
        : last,
    undefined,
  );
  return newest && newest.status === 'completed';
}

/** Snapshots by status; every status is there, 0 included. */
export function countByStatus(snapshots: readonly Snapshot[]): Record<SnapshotStatus, number> {
  const counts = { queued: 0, in_progress: 0, completed: 0, failed: 0, other: 0 };
  for (const { status } of snapshots) counts[status] += 1;
  return counts;
}

/** Sum of the storage sizes of the completed snapshots that have one. Not the billed size. */
export function completedSizeBytes(snapshots: readonly Snapshot[]): number {
  return snapshots.filter(isCompleted).reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
}

function min(times: readonly UnixSeconds[]): UnixSeconds | undefined {
  return times.reduce<UnixSeconds | undefined>(
    (a, b) => (a === undefined || b < a ? b : a),
    undefined,
  );
}

function max(times: readonly UnixSeconds[]): UnixSeconds | undefined {
  return times.reduce<UnixSeconds | undefined>(
    (a, b) => (a === undefined || b > a ? b : a),
    undefined,
  );
}
