import * as freshness from './freshness.ts';
import { sameBytes } from './packed-snapshots.ts';
import type { SnapshotListing } from './report.ts';
import * as sizes from './sizes.ts';
import type { CompletedSnapshot, Snapshot, SnapshotStatus } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** What follows from one complete listing of a cluster's snapshots. */
export type Backups = {
  /** As it was read, for those who look closer. */
  readonly listing: SnapshotListing;
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
};

/** The same listing in both forms: as it is kept, and one by one. */
export type ListedSnapshots = {
  readonly listing: SnapshotListing;
  readonly snapshots: readonly Snapshot[];
};

/** Question by question, for those who cannot wait for all of a very long listing. */
export function* backupsInBatches({
  listing,
  snapshots,
}: ListedSnapshots): Generator<void, Backups> {
  const counts = freshness.countByStatus(snapshots);
  const newestCompleted = freshness.newestCompleted(snapshots);
  const oldestCompletedAt = freshness.oldestCompletedAt(snapshots);
  yield;
  const recoverableUntil = freshness.recoverableUntil(snapshots);
  const lastRequestedAt = freshness.lastRequestedAt(snapshots);
  const lastFailedAt = freshness.lastFailedAt(snapshots);
  yield;
  const lastFallbackAt = freshness.lastFallbackAt(snapshots);
  const lastFinishedSucceeded = freshness.lastFinishedSucceeded(snapshots);
  const pendingSince = freshness.pendingSince(snapshots);
  const completedSizeBytes = freshness.completedSizeBytes(snapshots);
  yield;
  const sizeRatio = sizes.sizeRatio(snapshots);
  yield;
  const previousSizeRatio = sizes.previousSizeRatio(snapshots);
  return {
    ...{ listing, counts, newestCompleted, oldestCompletedAt, recoverableUntil, lastRequestedAt },
    ...{ lastFailedAt, lastFallbackAt, lastFinishedSucceeded, pendingSince, completedSizeBytes },
    ...{ sizeRatio, previousSizeRatio },
  };
}

/** Whether two listings say the same: then nothing has to be worked out anew. */
export function sameListing(one: SnapshotListing, other: SnapshotListing): boolean {
  return (
    one.rejectedFutureAt === other.rejectedFutureAt &&
    one.fingerprints.join() === other.fingerprints.join() &&
    sameBytes(one.snapshots, other.snapshots)
  );
}
