import { say } from '../domain/phrase.ts';
import { exporterAlert, type Group } from './alert.ts';
import { day, seconds, window } from './parameters.ts';
import { acrossReplicas, last, lines, max, min, series } from './promql.ts';

const up = (job: string) => `up{job="${job}"}`;

const exporterGone = exporterAlert({
  name: 'AtlasBackupExporterGone',
  firesWhen: 'Prometheus has no target with the job of the exporter.',
  summary: 'Prometheus does not know the backup exporter {{ $labels.job }}',
  description: () =>
    'No target has the job {{ $labels.job }}: the exporter is not deployed, its discovery is broken, or its job has another name. Backups of Atlas are not watched.',
  parameters: {},
  for: '10m',
  keepFiringFor: '0s',
  severities: { critical: { expression: (_, job) => `absent(${up(job)})` } },
});

const exporterDown = exporterAlert({
  name: 'AtlasBackupExporterDown',
  firesWhen: 'no scrape of any replica of the exporter worked within `window`.',
  summary: 'The backup exporter {{ $labels.job }} does not answer',
  description: () =>
    'No scrape of job {{ $labels.job }} has worked for a while, on any replica. Backups of Atlas are not watched.',
  parameters: { window: window('10m') },
  for: '5m',
  severities: {
    critical: {
      expression: ({ window }, job) =>
        `${acrossReplicas('max', `max_over_time(${up(job)}[${window}])`)} == 0`,
    },
  },
});

const exporterNotServing = exporterAlert({
  name: 'AtlasBackupExporterNotServing',
  firesWhen:
    'a target of the job answers, but its page does not hold the series of the exporter: another program, or a proxy, answers in its place.',
  summary: 'Something else answers in place of the backup exporter {{ $labels.job }}',
  description: () =>
    'A target of job {{ $labels.job }} answers its scrapes without a single series of the exporter. Look at the page it serves: another program may listen there, or a proxy answers for it. Backups of Atlas may not be watched.',
  parameters: {},
  for: '10m',
  severities: {
    critical: {
      expression: (_, job) =>
        acrossReplicas(
          'max',
          lines(
            // Not the last sample: a failed scrape between would begin the time anew.
            `max_over_time(${up(job)}[15m]) == 1`,
            `unless on (job, instance) ${last('exporter_build_info')}`,
          ),
        ),
    },
  },
});

const configReloadFailed = exporterAlert({
  name: 'AtlasBackupConfigReloadFailed',
  firesWhen: 'the configuration was changed and could not be taken over.',
  summary: 'The backup exporter {{ $labels.job }} runs with an old configuration',
  description: () =>
    'The exporter of job {{ $labels.job }} could not read its changed configuration and goes on with the one before. At its next start it would fail. Its log names the fault with its line.',
  parameters: {},
  for: '15m',
  severities: {
    warning: { expression: () => `${min('exporter_config_last_reload_successful')} == 0` },
  },
  notice: ({ reloadFailed }) =>
    reloadFailed
      ? say`The configuration that was read last cannot be used; the one before stays in use. The log names every problem.`
      : undefined,
});

const limitReached = exporterAlert({
  name: 'AtlasBackupLimitReached',
  firesWhen:
    'clusters or series were left out within `window`, because of limits.max_clusters or limits.max_series.',
  summary: 'The backup exporter {{ $labels.job }} leaves something out: {{ $labels.reason }}',
  description: () =>
    'The exporter of job {{ $labels.job }} has reached a limit of its configuration ({{ $labels.reason }}): cluster_limit stands for limits.max_clusters, series_limit for limits.max_series. What is left out is not watched. Raise the limit, or narrow the scope.',
  parameters: { window: window('15m') },
  for: '5m',
  keepFiringFor: '15m',
  severities: {
    warning: {
      expression: ({ window }) => {
        const dropped = series(
          'exporter_series_dropped_total',
          'reason=~"series_limit|cluster_limit"',
        );
        return `${acrossReplicas('max', `increase(${dropped}[${window}])`)} > 0`;
      },
    },
  },
  notice: ({ leftOut }) => {
    const limits = [
      leftOut.clusters > 0 && `${leftOut.clusters} clusters (limits.max_clusters)`,
      leftOut.series > 0 && `${leftOut.series} series (limits.max_series)`,
    ].filter((one) => one !== false);
    return limits.length === 0
      ? undefined
      : say`A limit of the configuration is reached. Left out, and not watched: ${limits.join(', and ')}.`;
  },
});

const apiSunset = exporterAlert({
  name: 'AtlasBackupApiSunset',
  firesWhen: 'Atlas ends a version of its API that the exporter uses in less than `before`.',
  summary: 'Atlas ends an API version that the backup exporter {{ $labels.job }} uses',
  description: () =>
    'Atlas ends the version of its API that the exporter of job {{ $labels.job }} uses for {{ $labels.endpoint }}, in {{ $value | humanizeDuration }}. Update the exporter before that.',
  parameters: { before: seconds(90 * day) },
  for: '1h',
  severities: {
    warning: {
      expression: ({ before }) =>
        `${max('exporter_api_sunset_timestamp_seconds')} - time() < ${before}`,
    },
  },
});

export const clockSkew = exporterAlert({
  name: 'AtlasBackupClockSkew',
  firesWhen: 'the clocks of the exporter and of Atlas differ by more than `beyond`.',
  summary: 'The clock of the backup exporter {{ $labels.job }} is wrong',
  description: () =>
    'The clock of the exporter of job {{ $labels.job }} differs from that of Atlas by {{ $value | humanizeDuration }}. Ages and due times are wrong by as much. Look into the time service of its machine.',
  parameters: { beyond: seconds(60) },
  for: '15m',
  severities: {
    warning: {
      expression: ({ beyond }) =>
        `${acrossReplicas('max', `abs(${last('exporter_clock_skew_seconds')})`)} > ${beyond}`,
    },
  },
});

export const exporter: Group = {
  name: 'exporter',
  title: 'The exporter itself',
  recordings: [],
  alerts: [
    exporterGone,
    exporterDown,
    exporterNotServing,
    configReloadFailed,
    limitReached,
    apiSunset,
    clockSkew,
  ],
};
