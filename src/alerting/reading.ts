import { at, say } from '../domain/phrase.ts';
import { clusterAlert, exporterAlert, type Group } from './alert.ts';
import { blindFor, blindPolls, intervals } from './blind.ts';
import { indented, itsExporter, lines, max } from './promql.ts';
import { lastReadSentence, remedy, unread, unreadParameters, unreadSince } from './unread.ts';
import { cluster, dueAt, link, ofExporter, readAt, shortly } from './words.ts';

export const exporterBlind = exporterAlert({
  name: 'AtlasBackupExporterBlind',
  firesWhen:
    'no poll was complete for `intervals` poll intervals, and since then none ended or none could read a single cluster. A cluster that alone cannot be read does not fire it.',
  summary: 'The backup exporter {{ $labels.job }} sees nothing of Atlas',
  description: () =>
    `The exporter of job {{ $labels.job }} had its last complete poll at ${ofExporter('exporter_poll_last_success_timestamp_seconds', 'humanizeTimestamp', 'no time since it started')}, and its last poll of any kind at ${ofExporter('exporter_poll_last_completed_timestamp_seconds', 'humanizeTimestamp', 'no time since it started')}. Whether backups are taken is not known meanwhile. Look into its log: credentials, the access list, the network, or Atlas itself.`,
  parameters: { intervals },
  for: '10m',
  severities: { critical: { expression: ({ intervals }) => blindFor(intervals) } },
  notice: ({ context, generation: { polls } }) => {
    if (!context.blind || polls.lastCompletedAt === 0) return undefined;
    return polls.lastSuccessAt === 0
      ? say`This exporter has seen nothing whole of Atlas since it started. What is shown below may be missing or old.`
      : say`This exporter sees nothing of Atlas: it was last read in full ${at(polls.lastSuccessAt)}. What is shown below is from then.`;
  },
});

const clusterBlind = clusterAlert({
  name: 'AtlasBackupClusterBlind',
  firesWhen:
    'the snapshots of a cluster were not read for `after` and for `intervals` poll intervals, or never. In mode adaptive both begin only when the sweep interval has passed. Inhibited while the whole exporter sees nothing.',
  summary: `The snapshots of ${shortly} cannot be read`,
  description: () =>
    `${cluster}: its snapshots were last read at ${readAt}. What is shown is as old as that. The next backup is due by ${dueAt}. The log of the exporter names the reason.${link}`,
  parameters: unreadParameters,
  for: '15m',
  severities: {
    warning: {
      expression: (limits) =>
        lines(indented(unread(limits)), `unless ${itsExporter} ${blindFor(limits.intervals)}`),
      holds: (row, context, limits) =>
        context.blind ? undefined : unreadSince(row, context, limits),
    },
  },
  says: (row) => say`${lastReadSentence(row)}${remedy(row)}`,
  decides: 'not_readable',
});

const collectorFailing = exporterAlert({
  name: 'AtlasBackupCollectorFailing',
  firesWhen:
    'projects and clusters cannot all be listed, so that new ones are not seen; or schedules cannot all be read, so that due times rest on old ones. Inhibited while the whole exporter sees nothing.',
  summary:
    'The backup exporter {{ $labels.job }} cannot read everything it should: {{ $labels.collector }}',
  description: () =>
    'The exporter of job {{ $labels.job }} has had a failure in each pass of its collector {{ $labels.collector }}. With clusters, new clusters may be missing; with schedule, due times rest on old schedules, and two alerts about schedules are inhibited. Its log names the reason.',
  parameters: {},
  for: '1h',
  severities: {
    warning: {
      expression: () =>
        lines(
          `${max('exporter_collector_success', 'collector!="snapshots"')} == 0`,
          `unless ignoring (collector) ${blindFor()}`,
        ),
    },
  },
  notice: ({ context, generation: { polls } }) => {
    if (context.blind || polls.lastCompletedAt === 0) return undefined;
    const missed = [
      polls.collectors.clusters === false && 'new clusters may be missing',
      polls.collectors.schedule === false && 'due times may rest on old schedules',
    ].filter((one) => one !== false);
    return missed.length === 0
      ? undefined
      : say`The last poll could not read everything: ${missed.join(', and ')}.`;
  },
});

export const reading: Group = {
  name: 'reading',
  title: 'Reading Atlas',
  recordings: [blindPolls],
  alerts: [exporterBlind, clusterBlind, collectorFailing],
};
