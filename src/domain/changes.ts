import type { Cluster } from './cluster.ts';
import { lastKnown, type Observed } from './observed.ts';
import type { Plan } from './plan.ts';
import type { UnixSeconds } from './time.ts';

/**
 * What was seen to change of a cluster. The first three put off the time by which a snapshot must be
 * there. All is forgotten with the process: then that time is the earlier one, which is the loud side.
 */
export type Changes = {
  /** Backup was seen off before, and on from then on. */
  readonly backupOnAt: UnixSeconds | undefined;
  /** It was seen paused before, and running from then on. */
  readonly resumed:
    | { readonly at: UnixSeconds; readonly nextSnapshotAt: UnixSeconds | undefined }
    | undefined;
  /** The schedule was seen to ask for more than before. */
  readonly tightened: { readonly at: UnixSeconds; readonly fromSeconds: number } | undefined;
  /** It has been seen paused from then on, and was perhaps before. Absent while it runs. */
  readonly pausedSince: UnixSeconds | undefined;
  /** The last reading that found another policy than the one before. */
  readonly policyChangedAt: UnixSeconds | undefined;
};

export const noChanges: Changes = {
  backupOnAt: undefined,
  resumed: undefined,
  tightened: undefined,
  pausedSince: undefined,
  policyChangedAt: undefined,
};

/** After another listing of the cluster, at that time. `before`: absent at the first. */
export function sinceListing(
  changes: Changes,
  before: Cluster | undefined,
  after: Cluster,
  at: UnixSeconds,
): Changes {
  const switchedOn = before?.backupEnabled === false && after.backupEnabled;
  const resumes = before?.paused === true && after.paused === false;
  const pausedSince = after.paused === true ? (changes.pausedSince ?? at) : undefined;
  if (!switchedOn && !resumes && pausedSince === changes.pausedSince) return changes;
  return {
    ...changes,
    pausedSince,
    ...(switchedOn ? { backupOnAt: at } : {}),
    ...(resumes ? { resumed: { at, nextSnapshotAt: undefined } } : {}),
  };
}

/** After another reading of the schedule, at that time; the newest snapshot was taken at `newestAt`. */
export function sincePlan(
  changes: Changes,
  before: Observed<Plan | undefined>,
  { value: after, at }: { readonly value: Plan | undefined; readonly at: UnixSeconds },
  newestAt: UnixSeconds | undefined,
): Changes {
  // With a snapshot taken since, what was asked for before it has no bearing any more.
  const earlier = (changes.tightened?.at ?? 0) > (newestAt ?? 0) ? changes.tightened : undefined;
  return {
    ...changes,
    resumed: announced(changes.resumed, after, at),
    tightened: tightened(lastKnown(before), after, at, earlier) ?? changes.tightened,
    policyChangedAt: isAnotherPolicy(lastKnown(before), after) ? at : changes.policyChangedAt,
  };
}

function isAnotherPolicy(before: Plan | undefined, after: Plan | undefined): boolean {
  return before !== undefined && after !== undefined && before.hash !== after.hash;
}

// The first run that is announced after the pause counts: one that is put off again and again does not.
function announced(
  resumed: Changes['resumed'],
  plan: Plan | undefined,
  readAt: UnixSeconds,
): Changes['resumed'] {
  if (resumed === undefined || resumed.nextSnapshotAt !== undefined) return resumed;
  const next = plan?.schedule.nextSnapshotAt;
  if (next === undefined || next <= resumed.at || readAt < resumed.at) return resumed;
  return { ...resumed, nextSnapshotAt: next };
}

function tightened(
  before: Plan | undefined,
  after: Plan | undefined,
  at: UnixSeconds,
  earlier: Changes['tightened'],
): Changes['tightened'] {
  const from = before?.expectedIntervalSeconds;
  const to = after?.expectedIntervalSeconds;
  if (from === undefined || to === undefined || to >= from) return undefined;
  return { at, fromSeconds: Math.max(from, earlier?.fromSeconds ?? 0) };
}
