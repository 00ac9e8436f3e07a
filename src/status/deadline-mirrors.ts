import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { failureReasons } from '../domain/failure.ts';
import { failureOf, lastReadAt } from '../domain/observed.ts';
import { at, type Phrase, say } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { duration } from '../domain/units.ts';
import { type EvaluationContext, type Mirror, mirror } from './mirror.ts';
import { shippedAlert, threshold } from './thresholds.ts';

const unverified = shippedAlert('AtlasBackupUnverified');
const pausedTooLong = shippedAlert('AtlasBackupPausedTooLong');
const clusterBlind = shippedAlert('AtlasBackupClusterBlind');

/** We looked after the deadline, and nothing was there. */
export function overdueSince({ backups, due }: ClusterRow): UnixSeconds | undefined {
  const readAt = lastReadAt(backups);
  return due !== undefined && readAt !== undefined && due.at < readAt ? due.at : undefined;
}

/** Its snapshots were never read, or not for so long that what is shown of it proves nothing. */
export function unreadSince(
  { backups }: ClusterRow,
  { now, pollIntervalSeconds, sweepIntervalSeconds }: EvaluationContext,
): UnixSeconds | 'unknown' | undefined {
  const readAt = lastReadAt(backups);
  if (readAt === undefined) return 'unknown';
  const patience =
    sweepIntervalSeconds +
    Math.max(
      threshold(clusterBlind, 'after'),
      threshold(clusterBlind, 'intervals') * pollIntervalSeconds,
    );
  return now - readAt > patience ? readAt + patience : undefined;
}

/** The alerts about deadlines, and about not being able to see whether one was met. */
export const deadlineMirrors: readonly Mirror[] = [
  mirror('AtlasBackupNeverTaken', {
    since: (row) => {
      const { current, cluster } = row;
      return current?.counts.completed === 0 && cluster.backupEnabled
        ? overdueSince(row)
        : undefined;
    },
    says: ({ due }) =>
      say`Backup is on, and not one completed snapshot is listed. The first was due by ${at(due?.at ?? 0)}.`,
  }),
  mirror('AtlasBackupOverdue', {
    since: overdueSince,
    says: ({ known, due }) =>
      say`${newest(known?.newestCompleted?.takenAt)} Another was due by ${at(due?.at ?? 0)}.`,
  }),
  mirror('AtlasBackupUnverified', {
    since: (row, { now, pollIntervalSeconds }) => {
      const { due } = row;
      if (due === undefined || overdueSince(row) !== undefined) return undefined;
      const from = due.at + threshold(unverified, 'intervals') * pollIntervalSeconds;
      return now > from ? from : undefined;
    },
    says: (row) =>
      say`A new snapshot was due by ${at(row.due?.at ?? 0)}. ${lastRead(row)} Whether it was taken is not known.${remedy(row)}`,
  }),
  mirror('AtlasBackupClusterBlind', {
    since: (row, context) => (context.blind ? undefined : unreadSince(row, context)),
    says: (row) => say`${lastRead(row)}${remedy(row)}`,
  }),
  mirror('AtlasBackupDisabled', {
    since: ({ cluster, exempt }) =>
      !cluster.backupEnabled && !exempt && canHaveBackups(cluster) ? 'unknown' : undefined,
    says: () => say`Backup is switched off in Atlas, and the configuration does not exempt it.`,
  }),
  mirror('AtlasBackupPausedTooLong', {
    since: ({ cluster, state, changes: { pausedSince }, known }, { now }) => {
      const long = threshold(pausedTooLong, 'window');
      if (cluster.paused !== true || state === 'expired' || pausedSince === undefined) return;
      if (known?.recoverableUntil === undefined) return undefined;
      return now - pausedSince >= long ? pausedSince + long : undefined;
    },
    says: ({ changes, known }, { now }) =>
      say`Seen paused for ${duration(now - (changes.pausedSince ?? now))}: no snapshots are taken, and the last one is deleted ${at(known?.recoverableUntil ?? Number.POSITIVE_INFINITY)}.`,
  }),
];

function newest(takenAt: UnixSeconds | undefined): Phrase {
  return takenAt === undefined
    ? say`No completed snapshot is listed.`
    : say`The newest completed snapshot was taken ${at(takenAt)}.`;
}

function lastRead({ backups }: ClusterRow): Phrase {
  const readAt = lastReadAt(backups);
  return readAt === undefined
    ? say`Its snapshots have never been read since this exporter started.`
    : say`Its snapshots were last read ${at(readAt)}.`;
}

function remedy({ backups }: ClusterRow): string {
  const failure = failureOf(backups);
  return failure === undefined ? '' : ` ${failureReasons[failure.reason]}`;
}
