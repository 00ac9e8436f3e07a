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

/**
 * The latest time by which one more completed snapshot must be visible: one objective after the
 * newest one, or after the cluster was made or its backup switched on, and then the grace. Undefined
 * while none is to be expected: paused, backup off, never read, or without objective.
 */
export function dueAt(
  { cluster, known, changes }: DueFacts,
  objective: Objective | undefined,
  graceSeconds: number,
): UnixSeconds | undefined {
  if (objective === undefined || known === undefined) return undefined;
  if (cluster.paused === true || !cluster.backupEnabled || !canHaveBackups(cluster)) {
    return undefined;
  }
  const { backupOnAt = Number.NEGATIVE_INFINITY, resumed, tightened } = changes;
  const from = Math.max(known.newestCompleted?.takenAt ?? createdAtOf(cluster), backupOnAt);
  const { seconds } = objective;
  const due = [from + seconds];
  if (resumed !== undefined) {
    // Never later than one objective, however late the announced run is.
    due.push(Math.min(resumed.nextSnapshotAt ?? Number.POSITIVE_INFINITY, resumed.at + seconds));
  }
  if (tightened !== undefined && objective.source === 'schedule') {
    // A schedule that asks for more does so from now on: it does not make the past late.
    due.push(Math.min(from + tightened.fromSeconds, tightened.at + seconds));
  }
  return Math.max(...due) + graceSeconds;
}
