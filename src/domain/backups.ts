import { runToEnd } from '../runtime/event-loop.ts';
import * as freshness from './freshness.ts';
import { type PackedSnapshots, packing, sameBytes } from './packed-snapshots.ts';
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
  /**
   * Of each listing that it is made of, the legacy one last: that of Atlas's reply, when it was one
   * and nothing in it was strange.
   */
  readonly fingerprints: readonly (string | undefined)[];
};

type ListingMeta = Partial<Pick<Backups, 'rejectedFutureAt' | 'fingerprints'>>;

/**
 * Asked once for each listing, not once for each family and scrape.
 * @param listingMeta what the snapshots themselves do not tell
 */
export function backupsOf(snapshots: readonly Snapshot[], listingMeta: ListingMeta = {}): Backups {
  return runToEnd(backupsInBatches(snapshots, listingMeta));
}

/** The same, question by question, for those who cannot wait for all of a very long listing. */
export function* backupsInBatches(
  snapshots: readonly Snapshot[],
  { rejectedFutureAt, fingerprints = [] }: ListingMeta,
): Generator<void, Backups> {
  const listed = yield* packing(snapshots);
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
    ...{ listed, counts, newestCompleted, oldestCompletedAt, recoverableUntil, lastRequestedAt },
    ...{ lastFailedAt, lastFallbackAt, lastFinishedSucceeded, pendingSince, completedSizeBytes },
    ...{ sizeRatio, previousSizeRatio, rejectedFutureAt, fingerprints },
  };
}

/** `known` again when the new listing says the same: then nothing has to be worked out anew. */
export function reused(known: Backups | undefined, listed: Backups): Backups {
  const same =
    known !== undefined &&
    known.rejectedFutureAt === listed.rejectedFutureAt &&
    known.fingerprints.join() === listed.fingerprints.join() &&
    sameBytes(known.listed, listed.listed);
  return same ? known : listed;
}
