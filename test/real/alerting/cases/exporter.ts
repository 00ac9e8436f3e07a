import type { Case } from '../case.ts';
import { target } from '../promtool.ts';

const buildInfo = 'exporter_build_info{version="1.0.0",revision="abc",node_version="24"}';

export const exporterCases: Readonly<Record<string, readonly Case[]>> = {
  AtlasBackupExporterGone: [
    {
      when: 'there is no target of this job, until there is one',
      series: { up: '_*40 1*40', 'up{job="node"}': '1*80' },
      fires: 10,
      clears: 40,
      needs: [],
      labels: { job: 'mongodbatlas-backup-exporter' },
      annotations: {
        summary: 'Prometheus does not know the backup exporter mongodbatlas-backup-exporter',
        description:
          'No target has the job mongodbatlas-backup-exporter: the exporter is not deployed, its discovery is broken, or its job has another name. Backups of Atlas are not watched.',
      },
    },
    { when: 'there is a target that does not answer', series: { up: '0*80' }, quietFor: 80 },
  ],
  AtlasBackupExporterDown: [
    {
      when: 'no scrape works, until one does',
      series: { up: '0*60 1*40' },
      fires: 5,
      clears: 65,
      needs: ['up'],
      labels: target,
      annotations: {
        summary: 'The backup exporter mongodbatlas-backup-exporter does not answer',
        description:
          'No scrape of job mongodbatlas-backup-exporter has worked for a while, on any replica. Backups of Atlas are not watched.',
      },
    },
    {
      when: 'it worked before',
      series: { up: '1*9 0*51 1*40' },
      fires: 24,
      sooner: { fires: 1 },
      clears: 65,
      needs: ['up'],
    },
    { when: 'only the first scrapes fail', series: { up: '0*4 1*80' }, quietFor: 84 },
    { when: 'the other replica answers', series: { up: '0*80', 'up @b': '1*80' }, quietFor: 80 },
    {
      when: 'nine scrapes of ten fail',
      series: { up: '1 0*9 1 0*9 1 0*9 1 0*9 1 0*9' },
      quietFor: 49,
    },
  ],
  AtlasBackupExporterNotServing: [
    {
      when: 'another program answers, until the exporter does',
      series: { up: '1*80', [buildInfo]: '_*40 1*40' },
      fires: 10,
      clears: 45,
      needs: ['up'],
      labels: target,
      annotations: {
        summary:
          'Something else answers in place of the backup exporter mongodbatlas-backup-exporter',
        description:
          'A target of job mongodbatlas-backup-exporter answers its scrapes without a single series of the exporter. Look at the page it serves: another program may listen there, or a proxy answers for it. Backups of Atlas may not be watched.',
      },
    },
    {
      when: 'one of two replicas is another program',
      series: {
        up: '1*80',
        [buildInfo]: '_*40 1*40',
        'up @b': '1*80',
        [`${buildInfo} @b`]: '1*80',
      },
      fires: 10,
      clears: 45,
      needs: [],
    },
    { when: 'the target does not answer', series: { up: '0*80' }, quietFor: 80 },
    {
      when: 'the exporter goes down',
      series: { up: '1*40 0*40', [buildInfo]: '1*40 stale' },
      quietFor: 80,
    },
  ],
  AtlasBackupConfigReloadFailed: [
    {
      when: 'the changed configuration cannot be read, until it can',
      series: { exporter_config_last_reload_successful: '1*8 0*32 1*40' },
      fires: 23,
      clears: 45,
      needs: ['exporter_config_last_reload_successful'],
      labels: target,
      annotations: {
        summary: 'The backup exporter mongodbatlas-backup-exporter runs with an old configuration',
        description:
          'The exporter of job mongodbatlas-backup-exporter could not read its changed configuration and goes on with the one before. At its next start it would fail. Its log names the fault with its line.',
      },
    },
  ],
  AtlasBackupLimitReached: [
    {
      when: 'clusters are left out at each poll, until none are',
      series: {
        'exporter_series_dropped_total{reason="cluster_limit"}': '0*8 1+1*43 43*60',
        'exporter_series_dropped_total{reason="series_limit"}': '0*109',
      },
      fires: 13,
      clears: 80,
      sooner: { clears: 1 },
      needs: ['exporter_series_dropped_total'],
      labels: { ...target, reason: 'cluster_limit' },
      annotations: {
        summary:
          'The backup exporter mongodbatlas-backup-exporter leaves something out: cluster_limit',
        description:
          'The exporter of job mongodbatlas-backup-exporter has reached a limit of its configuration (cluster_limit): cluster_limit stands for limits.max_clusters, series_limit for limits.max_series. What is left out is not watched. Raise the limit, or narrow the scope.',
      },
    },
    {
      when: 'only projects that another account serves are left out',
      series: { 'exporter_series_dropped_total{reason="duplicate"}': '0+1*100' },
      quietFor: 100,
    },
  ],
  AtlasBackupApiSunset: [
    {
      when: 'a version ends within 90 days, until another is used',
      series: {
        'exporter_api_sunset_timestamp_seconds{endpoint="snapshots"}': '7779600*140 99999999*60',
      },
      fires: 121,
      clears: 145,
      needs: ['exporter_api_sunset_timestamp_seconds'],
      labels: { ...target, endpoint: 'snapshots' },
      annotations: {
        summary:
          'Atlas ends an API version that the backup exporter mongodbatlas-backup-exporter uses',
        description:
          'Atlas ends the version of its API that the exporter of job mongodbatlas-backup-exporter uses for snapshots, in 89d 22h 59m 0s. Update the exporter before that.',
      },
    },
  ],
  AtlasBackupClockSkew: [
    {
      when: 'the clock is more than a minute behind, until it is set',
      series: { exporter_clock_skew_seconds: '1*8 -61*32 1*40' },
      fires: 23,
      clears: 45,
      needs: ['exporter_clock_skew_seconds'],
      labels: target,
      annotations: {
        summary: 'The clock of the backup exporter mongodbatlas-backup-exporter is wrong',
        description:
          'The clock of the exporter of job mongodbatlas-backup-exporter differs from that of Atlas by 1m 1s. Ages and due times are wrong by as much. Look into the time service of its machine.',
      },
    },
    {
      when: 'the clock is a minute ahead',
      series: { exporter_clock_skew_seconds: '60*80' },
      quietFor: 80,
    },
  ],
};
