import * as freshness from './freshness.ts';
import { type PackedSnapshots, packed, sameBytes } from './packed-snapshots.ts';
import * as sizes from './sizes.ts';
import type { CompletedSnapshot, Snapshot, SnapshotStatus } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** One complete listing of a cluster's snapshots, with the answers to what is asked of it. */
export type Backups = {
  /** All of them, for those who look closer. */
  readonly listed: PackedSnapshots;
  readonly counts: Readonly<Record<SnapshotStatus, number>>;
  readonly newestCompleted: CompletedSnapshot | undefined;
  readonly oldestCompletedAt: UnixSeconds | undefined;
  readonly recoverableUntil: UnixSeconds | undefined;
  /** Of any status. */
  readonly lastRequestedAt: UnixSeconds | undefined;
  readonly lastFailedAt: UnixSeconds | undefined;
  readonly lastFallbackAt: UnixSeconds | undefined;
  readonly lastFinishedSucceeded: boolean | undefined;
  readonly pendingSince: UnixSeconds | undefined;
  readonly completedSizeBytes: number;
  readonly sizeRatio: number | undefined;
  readonly previousSizeRatio: number | undefined;
  readonly rejectedFutureAt: UnixSeconds | undefined;
  /** Of Atlas's reply, when it was one and nothing in it was strange. */
  readonly fingerprint: string | undefined;
};

/**
 * Asked once for each listing, not once for each family and scrape.
 * @param rejectedFutureAt the latest date of those that were left out because it lies in the future
 * @param fingerprint of the reply that listed them
 */
export function backupsOf(
  snapshots: readonly Snapshot[],
  {
    rejectedFutureAt,
    fingerprint,
  }: Partial<Pick<Backups, 'rejectedFutureAt' | 'fingerprint'>> = {},
): Backups {
  return {
    listed: packed(snapshots),
    counts: freshness.countByStatus(snapshots),
    newestCompleted: freshness.newestCompleted(snapshots),
    oldestCompletedAt: freshness.oldestCompletedAt(snapshots),
    recoverableUntil: freshness.recoverableUntil(snapshots),
    lastRequestedAt: freshness.lastRequestedAt(snapshots),
    lastFailedAt: freshness.lastFailedAt(snapshots),
    lastFallbackAt: freshness.lastFallbackAt(snapshots),
    lastFinishedSucceeded: freshness.lastFinishedSucceeded(snapshots),
    pendingSince: freshness.pendingSince(snapshots),
    completedSizeBytes: freshness.completedSizeBytes(snapshots),
    sizeRatio: sizes.sizeRatio(snapshots),
    previousSizeRatio: sizes.previousSizeRatio(snapshots),
    rejectedFutureAt,
    fingerprint,
  };
}

/** `known` again when the new listing says the same: then nothing has to be worked out anew. */
export function reused(known: Backups | undefined, listed: Backups): Backups {
  const same =
    known !== undefined &&
    known.rejectedFutureAt === listed.rejectedFutureAt &&
    known.fingerprint === listed.fingerprint &&
    sameBytes(known.listed, listed.listed);
  return same ? known : listed;
}
