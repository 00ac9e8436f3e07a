import { awaitedAfter, stillAwaited } from './awaited-run.ts';
import { type Backups, backupsInBatches, sameListing } from './backups.ts';
import { type Changes, noChanges, sinceListing, sincePlan } from './changes.ts';
import type { Cluster } from './cluster.ts';
import { type Collected, collectedAfter, collectedWithout, observedIn } from './collected.ts';
import type { SwitchableCollector } from './collectors.ts';
import type { Failure } from './failure.ts';
import { type AcceptedListing, type History, newHistory, sinceReading } from './history.ts';
import { type KeptByFrequency, keptByFrequency } from './kept.ts';
import {
  confirmed,
  lastKnown,
  type Observed,
  type Outcome,
  observe,
  pending,
  type Unchanged,
} from './observed.ts';
import { unpackInBatches } from './packed-snapshots.ts';
import { type Plan, planKey } from './plan.ts';
import type { collectedOf, SnapshotListing } from './report.ts';
import { hasSchedule } from './schedule.ts';
import type { UnixSeconds } from './time.ts';

/** All that is known of one cluster. */
export type TrackedCluster = {
  readonly cluster: Cluster;
  readonly backups: Observed<Backups>;
  /** What collectors with a cadence of their own have read of it, its schedule among them. */
  readonly collected: Collected;
  /** What the last good listing holds for the last known schedule. */
  readonly kept: KeptByFrequency;
  readonly history: History;
  readonly changes: Changes;
  /** An announced run of which no snapshot was listed yet, while Atlas announces the next. */
  readonly awaitedRunAt: UnixSeconds | undefined;
  /** Complete listings of its project in a row without it. */
  readonly absences: number;
  /** The last listing of snapshots contradicted the one before and waits to be confirmed. */
  readonly suspect: boolean;
};

/** After its project's listing held it. */
export function withListing(
  before: TrackedCluster | undefined,
  cluster: Cluster,
  at: number,
): TrackedCluster {
  // Deleted and made again under its old name: another cluster, which inherits nothing.
  if (before?.cluster.id !== cluster.id) {
    return { ...newlySeen, cluster, changes: sinceListing(noChanges, undefined, cluster, at) };
  }
  const changes = sinceListing(before.changes, before.cluster, cluster, at);
  // While it is paused, nothing comes of an announcement.
  const awaitedRunAt = cluster.paused === true ? undefined : before.awaitedRunAt;
  const listed = { ...before, cluster, changes, awaitedRunAt, absences: 0 };
  return hasSchedule(cluster) ? listed : unplanned(listed);
}

const newlySeen: Omit<TrackedCluster, 'cluster'> = {
  backups: pending,
  collected: {},
  kept: {},
  history: newHistory,
  changes: noChanges,
  awaitedRunAt: undefined,
  absences: 0,
  suspect: false,
};

/** Whoever does not read its schedule must not go by an old one when it reads one again. */
function unplanned(tracked: TrackedCluster): TrackedCluster {
  const collected = collectedWithout(tracked.collected, [planKey.name]);
  return { ...tracked, collected, kept: {}, awaitedRunAt: undefined };
}

/** What is left of it when these collectors no longer read it. */
export function readWithout(
  tracked: TrackedCluster,
  off: readonly SwitchableCollector[],
): TrackedCluster {
  const left = off.includes(planKey.name) ? unplanned(tracked) : tracked;
  return { ...left, collected: collectedWithout(left.collected, off) };
}

/** After an attempt to list its snapshots; as before when there was none. */
export function* withReading(
  tracked: TrackedCluster,
  outcome: Outcome<SnapshotListing> | Unchanged | undefined,
): Generator<void, TrackedCluster> {
  if (outcome === undefined) return tracked;
  const before = lastKnown(tracked.backups);
  switch (outcome.kind) {
    case 'failed':
      return { ...tracked, backups: observe(tracked.backups, outcome) };
    case 'unchanged':
      return { ...tracked, backups: confirmed(tracked.backups, outcome.at), suspect: false };
    case 'read': {
      const { value: listing, at } = outcome;
      if (before !== undefined && sameListing(before.listing, listing)) {
        return { ...tracked, backups: confirmed(tracked.backups, at), suspect: false };
      }
      const snapshots = yield* unpackInBatches(listing.snapshots);
      const backups = yield* backupsInBatches({ listing, snapshots });
      if (!tracked.suspect && before !== undefined && contradicts(before, backups, at)) {
        const backups = observe(tracked.backups, { kind: 'failed', failure: unconfirmed });
        return { ...tracked, backups, suspect: true };
      }
      return yield* accepting(tracked, before, { backups, listing, snapshots, at });
    }
  }
}

function* accepting(
  tracked: TrackedCluster,
  before: Backups | undefined,
  accepted: AcceptedListing,
): Generator<void, TrackedCluster> {
  const { backups, snapshots, at } = accepted;
  const listedBefore = before ? yield* unpackInBatches(before.listing.snapshots) : [];
  const history = sinceReading(tracked.history, tracked.backups, listedBefore, accepted);
  yield;
  return {
    ...tracked,
    suspect: false,
    backups: { kind: 'fresh', value: backups, at },
    kept: keptByFrequency(lastKnown(observedIn(tracked.collected, planKey)), snapshots),
    awaitedRunAt: stillAwaited(tracked.awaitedRunAt, backups),
    history,
  };
}

/** The newest snapshot known is not listed any more, and nothing newer, though it has not expired. */
function contradicts(before: Backups, after: Backups, at: number): boolean {
  const known = before.newestCompleted;
  if (known === undefined || (known.expiresAt ?? Infinity) <= at) return false;
  return after.newestCompleted === undefined || after.newestCompleted.takenAt < known.takenAt;
}

const unconfirmed: Failure = {
  reason: 'unconfirmed',
  endpoint: 'snapshots',
  detail: '',
};

/** After what collectors have read of it, at about that time. */
export function* withCollected(
  tracked: TrackedCluster,
  outcomes: ReturnType<typeof collectedOf>,
  at: UnixSeconds,
): Generator<void, TrackedCluster> {
  if (outcomes.length === 0) return tracked;
  const after = { ...tracked, collected: collectedAfter(tracked.collected, outcomes, at) };
  const before = observedIn(tracked.collected, planKey);
  const plan = observedIn(after.collected, planKey);
  return plan === before || plan.kind !== 'fresh' ? after : yield* planned(after, before, plan);
}

/** What follows from another reading of its schedule. */
function* planned(
  tracked: TrackedCluster,
  before: Observed<Plan | undefined>,
  plan: Extract<Observed<Plan | undefined>, { kind: 'fresh' }>,
): Generator<void, TrackedCluster> {
  const known = lastKnown(tracked.backups);
  const snapshots = known === undefined ? [] : yield* unpackInBatches(known.listing.snapshots);
  return {
    ...tracked,
    kept: known === undefined ? {} : keptByFrequency(plan.value, snapshots),
    awaitedRunAt: awaitedAfter(tracked.awaitedRunAt, before, plan.at, known),
    changes: sincePlan(tracked.changes, before, plan, known?.newestCompleted?.takenAt),
  };
}
