import { alert, type Group, hour, seconds, window } from './alert.ts';
import { overdue } from './deadlines.ts';
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
import { cluster, dueAt, link, newestAt, objective, ofCluster, readAt, shortly } from './words.ts';

const lastRead = max('refresh_last_success_timestamp_seconds');

/** What is known of the schedules is old then, and AtlasBackupCollectorFailing says so. */
const schedulesUnread = `${max('exporter_collector_success', 'collector="schedule"', ['collector'])} == 0`;

const gap = ofCluster('schedule_expected_interval_seconds', 'humanizeDuration', 'unknown length');

const scheduled = 'frequency!="on_demand"';

export const schedule: Group = {
  name: 'schedule',
  title: 'Schedules',
  recordings: [],
  alerts: [
    alert({
      name: 'AtlasBackupNextRunInPast',
      severity: 'warning',
      firesWhen:
        'the next run that Atlas announces was more than `after` before the last read of the cluster: its scheduler stands still. Quiet while the cluster is paused, and while schedules cannot be read.',
      summary: `The backup schedule of ${shortly} stands still`,
      description: `${cluster} still announces its next snapshot for {{ $value | humanizeTimestamp }}, which was past when Atlas was read at ${readAt}. The newest completed one was taken at ${newestAt}, and another is due by ${dueAt}.${link}`,
      parameters: { after: seconds(2 * hour) },
      for: '5m',
      keepFiringFor: '5m',
      expression: (given) =>
        lines(
          max('schedule_next_snapshot_timestamp_seconds'),
          `< ${lastRead} - ${given('after')}`,
          `unless ${max('cluster_paused')} == 1`,
          `unless ${itsExporter} ${schedulesUnread}`,
        ),
    }),
    alert({
      name: 'AtlasBackupScheduleSilent',
      severity: 'warning',
      firesWhen:
        'by the last read, the newest snapshot of the schedule is older than the longest gap of the schedule and `after`, while a newer snapshot on demand keeps the cluster from being overdue. Quiet for `quiet` after a pause or after backup was off, and while schedules cannot be read. A snapshot of the schedule that is gone is remembered for `memory`.',
      summary: `The backup schedule of ${shortly} takes no snapshots`,
      description: `${cluster} has had no snapshot of its schedule since {{ $value | humanizeTimestamp }}, although one is taken at least every ${gap}. Snapshots on demand hide this: the newest was taken at ${newestAt}.${link}`,
      parameters: { after: seconds(2 * hour), quiet: window('1d'), memory: window('7d') },
      for: '15m',
      keepFiringFor: '5m',
      expression: (given) => {
        const name = 'policy_last_completed_timestamp_seconds';
        const remembered = `max_over_time(${sampled(name, given('memory'), '1h', scheduled)})`;
        const ofSchedule = acrossReplicas('max', `${last(name, scheduled)} or ${remembered}`, [
          'frequency',
        ]);
        const paused = sampled('cluster_paused', given('quiet'), '10m');
        const enabled = sampled('enabled', given('quiet'), '10m');
        return lines(
          ofSchedule,
          `< ${max('snapshot_last_completed_timestamp_seconds')}`,
          `< ${lastRead} - ${max('schedule_expected_interval_seconds')} - ${given('after')}`,
          `unless ${indented(overdue)}`,
          `unless ${sameCluster} max_over_time(${paused}) == 1`,
          `unless ${sameCluster} min_over_time(${enabled}) == 0`,
          `unless ${itsExporter} ${schedulesUnread}`,
        );
      },
    }),
    alert({
      name: 'AtlasBackupPolicyChanged',
      severity: 'info',
      firesWhen: 'the backup policy of a cluster changed within `window`.',
      summary: `The backup policy of ${shortly} was changed`,
      description: `${cluster} has another backup policy than before. Its longest gap between snapshots is now ${gap}, its objective ${objective}. Was this meant?${link}`,
      parameters: { window: window('1h') },
      for: '0s',
      keepFiringFor: '5m',
      expression: (given) =>
        `${acrossReplicas('max', `changes(${series('schedule_hash')}[${given('window')}])`)} > 0`,
    }),
  ],
};
