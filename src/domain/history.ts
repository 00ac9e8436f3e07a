import type { Backups, ListedSnapshots } from './backups.ts';
import { lastKnown, type Observed } from './observed.ts';
import { isCompleted, isPending, type Snapshot } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** What only a comparison of readings can tell of a cluster. */
export type History = {
  /** Completed snapshots that left the list before their expiry. */
  readonly vanished: number;
  /** Times a completed snapshot was seen with an earlier expiry than before. */
  readonly retentionReductions: number;
  /** The last reading that found some of either. */
  readonly vanishedAt: UnixSeconds | undefined;
  readonly retentionReducedAt: UnixSeconds | undefined;
  /** The reading that found no completed snapshot left. Absent once there is one again. */
  readonly emptiedAt: UnixSeconds | undefined;
  /** A run that was watched from request to completion, exact to one poll. */
  readonly watchedRun: { readonly id: string; readonly seconds: number } | undefined;
};

export const newHistory: History = {
  vanished: 0,
  retentionReductions: 0,
  vanishedAt: undefined,
  retentionReducedAt: undefined,
  emptiedAt: undefined,
  watchedRun: undefined,
};

/** A listing that has been accepted, and what follows from it. */
export type AcceptedListing = ListedSnapshots & {
  readonly backups: Backups;
  readonly at: UnixSeconds;
};

/** The history after one more accepted reading. @param before all snapshots of the one before */
export function sinceReading(
  history: History,
  observed: Observed<Backups>,
  listedBefore: readonly Snapshot[],
  { backups: after, listing, snapshots, at }: AcceptedListing,
): History {
  const before = lastKnown(observed);
  if (before === undefined) return history;
  const now = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot]));
  const unusable = new Set(listing.rejectedIds);
  const kept = listedBefore.filter(isCompleted);
  const vanished = kept.filter(
    ({ id, expiresAt }) =>
      !now.has(id) && !unusable.has(id) && expiresAt !== undefined && expiresAt > at,
  );
  const cut = kept.filter(({ id, expiresAt }) => {
    const next = now.get(id)?.expiresAt;
    return next !== undefined && expiresAt !== undefined && next < expiresAt;
  });
  return {
    vanished: history.vanished + vanished.length,
    retentionReductions: history.retentionReductions + cut.length,
    vanishedAt: vanished.length > 0 ? at : history.vanishedAt,
    retentionReducedAt: cut.length > 0 ? at : history.retentionReducedAt,
    emptiedAt: emptiedAt(history, before, after, at),
    // After failed reads nobody watched the run end: its length would be that of the outage.
    watchedRun: watchedRun(history, observed.kind === 'fresh' ? listedBefore : [], after, at),
  };
}

function emptiedAt(
  history: History,
  before: Backups,
  after: Backups,
  at: UnixSeconds,
): UnixSeconds | undefined {
  if (after.newestCompleted !== undefined) return undefined;
  return before.newestCompleted === undefined ? history.emptiedAt : at;
}

function watchedRun(
  history: History,
  before: readonly Snapshot[],
  after: Backups,
  at: UnixSeconds,
): History['watchedRun'] {
  const newest = after.newestCompleted;
  if (newest === undefined) return undefined;
  if (history.watchedRun?.id === newest.id) return history.watchedRun;
  const seenPending = before.some((one) => one.id === newest.id && isPending(one));
  return seenPending ? { id: newest.id, seconds: at - newest.requestedAt } : undefined;
}

/**
 * How long the newest completed snapshot of a listing took, in seconds. Absent when the API does not
 * say and the run was not watched.
 */
export function lastDurationSeconds(
  { newestCompleted: newest }: Backups,
  { watchedRun: run }: History,
): number | undefined {
  if (newest === undefined) return undefined;
  // Taken when it started to run (flex), or when it was requested (legacy).
  if (newest.finishedAt !== undefined) return newest.finishedAt - newest.takenAt;
  // Cloud snapshots carry no time of completion, so their runs have to be watched.
  return run?.id === newest.id ? run.seconds : undefined;
}
