import { alert, count, type Group, window } from './alert.ts';
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

const due = max('snapshot_due_timestamp_seconds');
const lastRead = max('refresh_last_success_timestamp_seconds');
export const exempted = `${max('exempt')} == 1`;

const readAfterDeadline = lines(due, `< ${lastRead}`);

/**
 * We looked after the deadline, and nothing was there. What is paused, off or exempt has no due
 * time; the exceptions are for the minutes in which the one from before can still be seen.
 */
export const overdue = lines(
  readAfterDeadline,
  `unless ${max('cluster_paused')} == 1`,
  `unless ${max('enabled')} == 0`,
  `unless ${exempted}`,
);

export const deadlines: Group = {
  name: 'deadlines',
  title: 'Deadlines',
  recordings: [],
  alerts: [
    alert({
      name: 'AtlasBackupOverdue',
      severity: 'critical',
      firesWhen:
        'the snapshots of a cluster were read after its due time, and no newer one was completed. No outage of Atlas or of the exporter can fire it; the next completed snapshot clears it.',
      summary: `The backup of ${shortly} is overdue`,
      description: `${cluster} has no completed snapshot newer than ${newestAt}. One was due by {{ $value | humanizeTimestamp }}, by its objective of ${objective}. Data written since would be lost if the cluster were.${link}`,
      parameters: {},
      for: '5m',
      keepFiringFor: '5m',
      expression: () => overdue,
    }),
    alert({
      name: 'AtlasBackupUnverified',
      severity: 'critical',
      firesWhen:
        'the due time of a cluster has passed by more than `intervals` polls and its snapshots were not read since: whether a backup was taken is not known.',
      summary: `Nobody knows whether the backup of ${shortly} was taken`,
      description: `${cluster} should have had a new snapshot by ${dueAt}, by its objective of ${objective}. Its snapshots were last read at ${readAt}, so the backup may be there or not. The newest one known was taken at ${newestAt}.${link}`,
      parameters: { intervals: count(2) },
      for: '30m',
      keepFiringFor: '5m',
      expression: (given) =>
        lines(
          `time() - ${due}`,
          `> ${itsExporter} group_left ()`,
          `${given('intervals')} * ${max('exporter_poll_interval_seconds')}`,
          `unless ${indented(readAfterDeadline)}`,
        ),
    }),
    alert({
      name: 'AtlasBackupNeverTaken',
      severity: 'critical',
      firesWhen:
        'backup is on, the due time has passed by the last read, and Atlas lists no completed snapshot at all.',
      summary: `${shortly} has no backup at all`,
      description: `${cluster} has backup switched on and not one completed snapshot. The first was due by ${dueAt}, by its objective of ${objective}. Nothing of this cluster could be restored.${link}`,
      parameters: {},
      for: '5m',
      keepFiringFor: '5m',
      expression: () =>
        lines(
          `${max('snapshots', 'status="completed"', ['status'])} == 0`,
          `and ${max('enabled')} == 1`,
          `and ${indented(overdue)}`,
        ),
    }),
    alert({
      name: 'AtlasBackupDisabled',
      severity: 'warning',
      firesWhen:
        'Atlas takes no backups of a cluster, and the configuration does not exempt it. Clusters of size M0 cannot have backups and are left out.',
      summary: `Backup of ${shortly} is switched off`,
      description: `${cluster} has backup switched off in Atlas. If it needs none, say so in the configuration of the exporter: an entry of objectives.overrides with rpo: none. ${newestKnown}${link}`,
      parameters: {},
      for: '15m',
      keepFiringFor: '5m',
      expression: () =>
        lines(
          `${max('enabled')} == 0`,
          `unless ${exempted}`,
          `unless ${sameCluster} ${last('cluster_info', 'instance_size="M0"')}`,
        ),
    }),
    alert({
      name: 'AtlasBackupPausedTooLong',
      severity: 'warning',
      firesWhen:
        'a cluster has been paused for all of `window` while it still has snapshots: no new ones are taken, and old ones go on expiring.',
      summary: `${shortly} is paused and its backups are running out`,
      description: `${cluster} has been paused for so long that its snapshots expire one by one and no new ones are taken. The last one is deleted at ${untilAt}. Resume the cluster, or keep a copy of its data.${link}`,
      parameters: { window: window('7d') },
      for: '0s',
      keepFiringFor: '5m',
      expression: (given) => {
        const ago = `${series('cluster_paused')}[1h] offset ${given('window')}`;
        // Atlas lets nobody pause a cluster again within an hour, so that half hours miss nothing.
        const since = sampled('cluster_paused', given('window'), '30m');
        return lines(
          `${max('cluster_paused')} == 1`,
          `and ${sameCluster} min_over_time(${ago}) == 1`,
          `unless ${sameCluster} ${acrossReplicas('min', `min_over_time(${since})`)} == 0`,
          `and ${sameCluster} ${last('recoverable_until_timestamp_seconds')}`,
        );
      },
    }),
  ],
};
