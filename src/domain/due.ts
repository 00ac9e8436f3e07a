import type { Backups } from './backups.ts';
import type { Changes } from './changes.ts';
import { type Cluster, canHaveBackups, createdAtOf } from './cluster.ts';
import type { Objective } from './objective.ts';
import type { UnixSeconds } from './time.ts';

/** What a due time is counted from. */
export type DueFacts = {
  readonly cluster: Cluster;
  /** The last good listing. Absent: never read. */
  readonly known: Backups | undefined;
  readonly changes: Changes;
};

/** A due time with its derivation: the latest of what may put it off, and then the grace. */
export type Due = {
  readonly at: UnixSeconds;
  /** What the objective counts from: the newest completed snapshot, or else what came last of these. */
  readonly from: {
    readonly what: 'snapshot' | 'cluster_created' | 'backup_on';
    readonly at: UnixSeconds;
  };
  readonly objective: Objective;
  readonly graceSeconds: number;
  /** What decided: the objective, or what the cluster was seen to go through. */
  readonly decidedBy: 'objective' | 'resumed' | 'tightened';
};

/**
 * The latest time by which one more completed snapshot must be visible: one objective after the
 * newest one, or after the cluster was made or its backup switched on, and then the grace. Undefined
 * while none is to be expected: paused, backup off, never read, or without objective.
 */
export function dueOf(
  { cluster, known, changes }: DueFacts,
  objective: Objective | undefined,
  graceSeconds: number,
): Due | undefined {
  if (objective === undefined || known === undefined) return undefined;
  if (cluster.paused === true || !cluster.backupEnabled || !canHaveBackups(cluster)) {
    return undefined;
  }
  const from = countedFrom(cluster, known, changes);
  const { at, decidedBy } = [
    { at: from.at + objective.seconds, decidedBy: 'objective' } as Candidate,
    ...afterPause(changes, objective),
    ...afterTightening(changes, objective, from.at),
  ].reduce((latest, one) => (one.at > latest.at ? one : latest));
  return { at: at + graceSeconds, from, objective, graceSeconds, decidedBy };
}

type Candidate = Pick<Due, 'at' | 'decidedBy'>;

function afterPause({ resumed }: Changes, { seconds }: Objective): readonly Candidate[] {
  if (resumed === undefined) return [];
  // Never later than one objective, however late the announced run is.
  const announced = resumed.nextSnapshotAt ?? Number.POSITIVE_INFINITY;
  return [{ at: Math.min(announced, resumed.at + seconds), decidedBy: 'resumed' }];
}

function afterTightening(
  { tightened }: Changes,
  { seconds, source }: Objective,
  from: UnixSeconds,
): readonly Candidate[] {
  if (tightened === undefined || source !== 'schedule') return [];
  // A schedule that asks for more does so from now on: it does not make the past late.
  const at = Math.min(from + tightened.fromSeconds, tightened.at + seconds);
  return [{ at, decidedBy: 'tightened' }];
}

function countedFrom(
  cluster: Cluster,
  { newestCompleted }: Backups,
  { backupOnAt = Number.NEGATIVE_INFINITY }: Changes,
): Due['from'] {
  const from =
    newestCompleted === undefined
      ? ({ what: 'cluster_created', at: createdAtOf(cluster) } as const)
      : ({ what: 'snapshot', at: newestCompleted.takenAt } as const);
  return backupOnAt > from.at ? { what: 'backup_on', at: backupOnAt } : from;
}
