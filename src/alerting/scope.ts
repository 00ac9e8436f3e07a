import { exporterAlert, type Group, type Recording } from './alert.ts';
import { blindFor } from './blind.ts';
import { ratio, window } from './parameters.ts';
import { itsExporter, last, lines, max, sameCluster, series } from './promql.ts';
import { asked } from './words.ts';

const inScope: Recording = {
  name: 'mongodbatlas_backup:clusters_in_scope:count',
  about:
    'Clusters in scope of a job, however many replicas or shards; 0 when a poll has ended and found none.',
  expression: lines(
    // Without the name of the project: its rename would count each of its clusters twice.
    `count without (project_id, cluster) (max without (instance, pod, project) (${last('enabled')}))`,
    'or',
    `0 * (${max('exporter_poll_last_completed_timestamp_seconds')} > 0)`,
  ),
};

const scopeShrunk = exporterAlert({
  name: 'AtlasBackupScopeShrunk',
  firesWhen:
    'the clusters in scope are fewer than `share` of their highest number within `window`. A role that was taken away answers with a shorter list, not with an error.',
  summary: 'The backup exporter {{ $labels.job }} sees far fewer clusters than before',
  description: ({ window }) =>
    `The exporter of job {{ $labels.job }} has {{ $value }} clusters in scope, of ${asked(`max(max_over_time(${inScope.name}{job=%q}[${window}]))`, '$labels.job', 'printf "%.0f"', 'unknown')} at most within the last ${window}. If they were not deleted, a role was taken away or a filter of the configuration is too narrow, and the rest is not watched.`,
  parameters: { share: ratio(0.8), window: window('1d') },
  for: '30m',
  severities: {
    warning: {
      expression: ({ share, window }) =>
        lines(
          inScope.name,
          `< ${share} * max_over_time(${inScope.name}[${window}])`,
          `unless ${blindFor()}`,
        ),
    },
  },
});

const clusterRemoved = exporterAlert({
  name: 'AtlasBackupClusterRemoved',
  firesWhen:
    'a cluster that was in scope `window` ago is there no more, though all projects and clusters can be listed. Clears by itself when that time has passed once more.',
  summary: '{{ $labels.project }}/{{ $labels.cluster }} is gone',
  description: ({ window }) =>
    `Cluster {{ $labels.cluster }} of project {{ $labels.project }} was in scope ${window} ago and is not any more: it was deleted, or renamed, or a filter or a role changed. Its backups are no longer watched. Was this meant?`,
  parameters: { window: window('1d') },
  for: '30m',
  keepFiringFor: '0s',
  severities: {
    info: {
      expression: ({ window }) => {
        const before = `max_over_time(${series('enabled')}[1h] offset ${window})`;
        const listed = max('exporter_collector_success', 'collector="clusters"', ['collector']);
        return lines(
          `max without (instance, pod) (${before})`,
          `unless ${sameCluster} last_over_time(${series('enabled')}[1h])`,
          `and ${itsExporter} ${listed} == 1`,
        );
      },
    },
  },
});

export const scope: Group = {
  name: 'scope',
  title: 'Clusters in scope',
  recordings: [inScope],
  alerts: [scopeShrunk, clusterRemoved],
};
