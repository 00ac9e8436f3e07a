import { alert, count, type Group, hour, seconds } from './alert.ts';
import { indented, itsExporter, lines, max } from './promql.ts';
import { cluster, dueAt, link, ofExporter, readAt, shortly } from './words.ts';

const interval = max('exporter_poll_interval_seconds');
const lastRead = max('refresh_last_success_timestamp_seconds');
const sweep = max('exporter_sweep_interval_seconds');
const intervals = count(4);

/**
 * One forbidden cluster makes every poll incomplete, which is no blindness: polls that end and find
 * something fresh are looking.
 */
function blindFor(polls: string): string {
  const limit = `${polls} * ${interval}`;
  return lines(
    `time() - ${max('exporter_poll_last_success_timestamp_seconds')} > ${limit}`,
    `and ${indented(
      lines(
        `time() - ${max('exporter_poll_last_completed_timestamp_seconds')} > ${limit}`,
        'or',
        `${max('exporter_clusters', 'state="fresh"', ['state'])} == 0`,
      ),
    )}`,
  );
}

/**
 * Clusters whose snapshots were not read for so many seconds and so many polls, or never; in mode
 * adaptive both count from when the sweep should have come.
 */
export function unreadFor(after: string, polls: string): string {
  return lines(
    `(time() - ${lastRead} - ${itsExporter} group_left () ${sweep} > ${after})`,
    `> ${itsExporter} group_left () (${polls} * ${interval})`,
    'or',
    `${max('refresh_success')} == 0`,
    `unless ${lastRead}`,
  );
}

/** The expression of AtlasBackupExporterBlind by its defaults, for rules that are quiet meanwhile. */
export const blind = blindFor(String(intervals.default));

export const reading: Group = {
  name: 'reading',
  title: 'Reading Atlas',
  recordings: [],
  alerts: [
    alert({
      name: 'AtlasBackupExporterBlind',
      severity: 'critical',
      firesWhen:
        'no poll was complete for `intervals` poll intervals, and since then none ended or none could read a single cluster. A cluster that alone cannot be read does not fire it.',
      summary: 'The backup exporter {{ $labels.job }} sees nothing of Atlas',
      description: `The exporter of job {{ $labels.job }} had its last complete poll at ${ofExporter('exporter_poll_last_success_timestamp_seconds', 'humanizeTimestamp', 'no time since it started')}, and its last poll of any kind at ${ofExporter('exporter_poll_last_completed_timestamp_seconds', 'humanizeTimestamp', 'no time since it started')}. Whether backups are taken is not known meanwhile. Look into its log: credentials, the access list, the network, or Atlas itself.`,
      parameters: { intervals },
      for: '10m',
      keepFiringFor: '5m',
      expression: (given) => blindFor(given('intervals')),
    }),
    alert({
      name: 'AtlasBackupClusterBlind',
      severity: 'warning',
      firesWhen:
        'the snapshots of a cluster were not read for `after` and for `intervals` poll intervals, or never. In mode adaptive both begin only when the sweep interval has passed. Quiet while the whole exporter sees nothing.',
      summary: `The snapshots of ${shortly} cannot be read`,
      description: `${cluster}: its snapshots were last read at ${readAt}. What is shown of it is as old as that. The next backup is due by ${dueAt}. The log of the exporter names the reason.${link}`,
      parameters: { after: seconds(hour), intervals },
      for: '15m',
      keepFiringFor: '5m',
      expression: (given) =>
        lines(
          indented(unreadFor(given('after'), given('intervals'))),
          `unless ${itsExporter} ${indented(blindFor(given('intervals')))}`,
        ),
    }),
    alert({
      name: 'AtlasBackupCollectorFailing',
      severity: 'warning',
      firesWhen:
        'projects and clusters cannot all be listed, so that new ones are not seen; or schedules cannot all be read, so that due times rest on old ones. Quiet while the whole exporter sees nothing.',
      summary:
        'The backup exporter {{ $labels.job }} cannot read everything it should: {{ $labels.collector }}',
      description:
        'The exporter of job {{ $labels.job }} has had a failure in each pass of its collector {{ $labels.collector }}. With clusters, new clusters may be missing; with schedule, due times rest on old schedules, and two alerts about schedules are quiet. Its log names the reason.',
      parameters: {},
      for: '1h',
      keepFiringFor: '5m',
      expression: () =>
        lines(
          `${max('exporter_collector_success', 'collector!="snapshots"')} == 0`,
          `unless ignoring (collector) ${indented(blind)}`,
        ),
    }),
  ],
};
