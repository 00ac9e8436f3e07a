import { canHaveBackups } from '../domain/cluster.ts';
import { at, type Phrase, say } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { duration } from '../domain/units.ts';
import { clusterAlert, type Group } from './alert.ts';
import { due, exempted, lastReader, overdue, overdueSince, readAfterDeadline } from './overdue.ts';
import { count, window } from './parameters.ts';
import {
  acrossReplicas,
  indented,
  itsExporter,
  last,
  lines,
  max,
  sameCluster,
  sampled,
  series,
} from './promql.ts';
import { lastReadSentence, remedy } from './unread.ts';
import {
  cluster,
  dueAt,
  link,
  newestAt,
  newestKnown,
  objective,
  readAt,
  shortly,
  untilAt,
} from './words.ts';

const neverTaken = clusterAlert({
  name: 'AtlasBackupNeverTaken',
  firesWhen:
    'backup is on, the due time has passed by the last read, and Atlas lists no completed snapshot at all.',
  summary: `${shortly} has no backup at all`,
  description: () =>
    `${cluster} has backup switched on and not one completed snapshot. The first was due by ${dueAt}, by its objective of ${objective}. Nothing of this cluster could be restored.${link}`,
  parameters: {},
  for: '5m',
  severities: {
    critical: {
      expression: () =>
        lines(
          `${max('snapshots', 'status="completed"', ['status'])} == 0`,
          `and ${max('enabled')} == 1`,
          `and ${indented(overdue)}`,
        ),
      holds: (row) =>
        row.current?.counts.completed === 0 && row.cluster.backupEnabled
          ? overdueSince(row)
          : undefined,
    },
  },
  says: ({ due }) =>
    say`Backup is on, and not one completed snapshot is listed. The first was due by ${at(due?.at ?? 0)}.`,
  decides: 'never_taken',
});

const overdueAlert = clusterAlert({
  name: 'AtlasBackupOverdue',
  firesWhen:
    'the snapshots of a cluster were read after its due time, and no newer one was completed. No outage of Atlas or of the exporter can fire it; the next completed snapshot clears it.',
  summary: `The backup of ${shortly} is overdue`,
  description: () =>
    `${cluster} has no completed snapshot newer than ${newestAt}. One was due by {{ $value | humanizeTimestamp }}, by its objective of ${objective}. Data written since would be lost if the cluster were.${link}`,
  parameters: {},
  for: '5m',
  severities: { critical: { expression: () => overdue, holds: overdueSince } },
  says: ({ known, due }) =>
    say`${newest(known?.newestCompleted?.takenAt)} Another was due by ${at(due?.at ?? 0)}.`,
  decides: 'late',
});

const unverified = clusterAlert({
  name: 'AtlasBackupUnverified',
  firesWhen:
    'the due time of a cluster has passed by more than `intervals` polls and its snapshots were not read since: whether a backup was taken is not known.',
  summary: `Whether the backup of ${shortly} was taken is not known`,
  description: () =>
    `${cluster} should have had a new snapshot by ${dueAt}, by its objective of ${objective}. Its snapshots were last read at ${readAt}, so the backup may be there or not. The newest one known was taken at ${newestAt}.${link}`,
  parameters: { intervals: count(2) },
  for: '30m',
  severities: {
    critical: {
      expression: ({ intervals }) =>
        lines(
          `time() - ${due}`,
          `> ${itsExporter} group_left ()`,
          `${intervals} * ${max('exporter_poll_interval_seconds')}`,
          `unless ${indented(readAfterDeadline)}`,
        ),
      holds: (row, { now, pollIntervalSeconds }, { intervals }) => {
        if (row.due === undefined || overdueSince(row) !== undefined) return undefined;
        const from = row.due.at + intervals * pollIntervalSeconds;
        return now > from ? from : undefined;
      },
    },
  },
  says: (row) =>
    say`A new snapshot was due by ${at(row.due?.at ?? 0)}. ${lastReadSentence(row)} Whether it was taken is not known.${remedy(row)}`,
  decides: 'unverified',
});

const disabled = clusterAlert({
  name: 'AtlasBackupDisabled',
  firesWhen:
    'Atlas takes no backups of a cluster, and the configuration does not exempt it. Clusters of size M0 cannot have backups and are left out.',
  summary: `Backup of ${shortly} is switched off`,
  description: () =>
    `${cluster} has backup switched off in Atlas. If it needs none, say so in the configuration of the exporter: an entry of objectives.overrides with rpo: none. ${newestKnown}${link}`,
  parameters: {},
  for: '15m',
  severities: {
    warning: {
      expression: () =>
        lines(
          `${max('enabled')} == 0`,
          `unless ${exempted}`,
          `unless ${sameCluster} ${last('cluster_info', 'instance_size="M0"')}`,
        ),
      holds: ({ cluster, exempt }) =>
        !cluster.backupEnabled && !exempt && canHaveBackups(cluster) ? 'unknown' : undefined,
    },
  },
  says: () => say`Backup is switched off in Atlas, and the configuration does not exempt it.`,
  decides: 'disabled',
});

const pausedTooLong = clusterAlert({
  name: 'AtlasBackupPausedTooLong',
  firesWhen:
    'a cluster has been paused for all of `window` while it still has snapshots: no new ones are taken, and old ones go on expiring.',
  summary: `${shortly} is paused and its backups are expiring`,
  description: () =>
    `${cluster} has been paused for so long that its snapshots expire one by one and no new ones are taken. The last one is deleted at ${untilAt}. Resume the cluster, or keep a copy of its data.${link}`,
  parameters: { window: window('7d') },
  for: '0s',
  severities: {
    warning: {
      expression: ({ window }) => {
        const ago = `${series('cluster_paused')}[1h] offset ${window}`;
        // Atlas lets nobody pause a cluster again within an hour, so that half hours miss nothing.
        const since = sampled('cluster_paused', window, '30m');
        return lines(
          `${max('cluster_paused')} == 1`,
          `and ${sameCluster} min_over_time(${ago}) == 1`,
          `unless ${sameCluster} ${acrossReplicas('min', `min_over_time(${since})`)} == 0`,
          `and ${sameCluster} ${last('recoverable_until_timestamp_seconds')}`,
        );
      },
      holds: ({ cluster, state, changes: { pausedSince }, known }, { now }, { window }) => {
        if (cluster.paused !== true || state === 'expired' || pausedSince === undefined) return;
        // Of one that is kept forever nothing expires.
        if (!Number.isFinite(known?.recoverableUntil)) return undefined;
        return now - pausedSince >= window ? pausedSince + window : undefined;
      },
    },
  },
  says: ({ changes, known }, { now }) =>
    say`Seen paused for ${duration(now - (changes.pausedSince ?? now))}: no snapshots are taken, and the last one is deleted ${at(known?.recoverableUntil ?? Number.POSITIVE_INFINITY)}.`,
});

export const deadlines: Group = {
  name: 'deadlines',
  title: 'Deadlines',
  recordings: [lastReader],
  alerts: [overdueAlert, unverified, neverTaken, disabled, pausedTooLong],
};

function newest(takenAt: UnixSeconds | undefined): Phrase {
  return takenAt === undefined
    ? say`No completed snapshot is listed.`
    : say`The newest completed snapshot was taken ${at(takenAt)}.`;
}
