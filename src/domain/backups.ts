import * as freshness from './freshness.ts';
import type { Reading } from './report.ts';
import * as sizes from './sizes.ts';
import type { CompletedSnapshot, Snapshot, SnapshotStatus } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** One complete listing of a cluster's snapshots, with the answers to what is asked of it. */
export type Backups = {
  readonly snapshots: readonly Snapshot[];
  readonly counts: Readonly<Record<SnapshotStatus, number>>;
  readonly newestCompleted: CompletedSnapshot | undefined;
  readonly oldestCompletedAt: UnixSeconds | undefined;
  readonly recoverableUntil: UnixSeconds | undefined;
  readonly lastFailedAt: UnixSeconds | undefined;
  readonly lastFallbackAt: UnixSeconds | undefined;
  readonly lastFinishedSucceeded: boolean | undefined;
  readonly pendingSince: UnixSeconds | undefined;
  readonly completedSizeBytes: number;
  readonly sizeRatio: number | undefined;
  readonly previousSizeRatio: number | undefined;
  readonly rejectedFutureAt: UnixSeconds | undefined;
};

/** Asked once for each listing, not once for each family and scrape. */
export function backupsOf({ snapshots, rejectedFutureAt }: Reading): Backups {
  return {
    snapshots,
    counts: freshness.countByStatus(snapshots),
    newestCompleted: freshness.newestCompleted(snapshots),
    oldestCompletedAt: freshness.oldestCompletedAt(snapshots),
    recoverableUntil: freshness.recoverableUntil(snapshots),
    lastFailedAt: freshness.lastFailedAt(snapshots),
    lastFallbackAt: freshness.lastFallbackAt(snapshots),
    lastFinishedSucceeded: freshness.lastFinishedSucceeded(snapshots),
    pendingSince: freshness.pendingSince(snapshots),
    completedSizeBytes: freshness.completedSizeBytes(snapshots),
    sizeRatio: sizes.sizeRatio(snapshots),
    previousSizeRatio: sizes.previousSizeRatio(snapshots),
    rejectedFutureAt,
  };
}
