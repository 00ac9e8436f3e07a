import type { Case } from '../case.ts';
import { orders, target } from '../promtool.ts';

/** Every poll fails altogether. */
const blind = {
  exporter_poll_last_success_timestamp_seconds: '0*300',
  exporter_poll_last_completed_timestamp_seconds: '0*300',
  exporter_poll_interval_seconds: '300*300',
};

export const readingCases: Readonly<Record<string, readonly Case[]>> = {
  AtlasBackupExporterBlind: [
    {
      when: 'no poll ends, from the start on, until one does',
      series: {
        exporter_poll_last_success_timestamp_seconds: '0*60 3600*60',
        exporter_poll_last_completed_timestamp_seconds: '0*60 3600*60',
        exporter_poll_interval_seconds: '300*120',
      },
      fires: 31,
      clears: 65,
      needs: [
        'exporter_poll_last_success_timestamp_seconds',
        'exporter_poll_last_completed_timestamp_seconds',
        'exporter_poll_interval_seconds',
      ],
      labels: target,
      annotations: {
        summary: 'The backup exporter mongodbatlas-backup-exporter sees nothing of Atlas',
        description:
          'The exporter of job mongodbatlas-backup-exporter had its last complete poll at no time since it started, and its last poll of any kind at no time since it started. Whether backups are taken is not known meanwhile. Look into its log: credentials, the access list, the network, or Atlas itself.',
      },
    },
    {
      when: 'polls end and can read no cluster, until they can',
      series: {
        exporter_poll_last_success_timestamp_seconds: '300*64 3840*56',
        exporter_poll_last_completed_timestamp_seconds: '300+300/5*120',
        'exporter_clusters{state="fresh"}': '0*64 5*56',
        'exporter_clusters{state="stale"}': '5*64 0*56',
        exporter_poll_interval_seconds: '300*120',
      },
      fires: 36,
      clears: 69,
      needs: ['exporter_poll_last_success_timestamp_seconds', 'exporter_clusters'],
      labels: target,
      annotations: {
        summary: 'The backup exporter mongodbatlas-backup-exporter sees nothing of Atlas',
        description:
          'The exporter of job mongodbatlas-backup-exporter had its last complete poll at 1970-01-01 00:05:00 +0000 UTC, and its last poll of any kind at 1970-01-01 00:40:00 +0000 UTC. Whether backups are taken is not known meanwhile. Look into its log: credentials, the access list, the network, or Atlas itself.',
      },
    },
    {
      when: 'one cluster of ten can never be read',
      series: {
        exporter_poll_last_success_timestamp_seconds: '0*200',
        exporter_poll_last_completed_timestamp_seconds: '0+300/5*200',
        'exporter_clusters{state="fresh"}': '9*200',
        'exporter_clusters{state="unread"}': '1*200',
        exporter_poll_interval_seconds: '300*200',
      },
      quietFor: 200,
    },
    {
      when: 'the other replica sees everything',
      series: {
        ...blind,
        'exporter_poll_last_success_timestamp_seconds @b': '0+300/5*300',
        'exporter_poll_last_completed_timestamp_seconds @b': '0+300/5*300',
        'exporter_poll_interval_seconds @b': '300*300',
      },
      quietFor: 300,
    },
    {
      when: 'the first poll takes half an hour and ends',
      series: {
        exporter_poll_last_success_timestamp_seconds: '0*30 1800+300/5*100',
        exporter_poll_last_completed_timestamp_seconds: '0*30 1800+300/5*100',
        exporter_poll_interval_seconds: '300*130',
      },
      quietFor: 130,
    },
  ],
  AtlasBackupClusterBlind: [
    {
      when: 'a cluster is not read for an hour, until it is',
      series: {
        refresh_last_success_timestamp_seconds: '0*100 6000*60',
        refresh_success: '1*5 0*95 1*60',
        snapshot_due_timestamp_seconds: '86400*160',
        exporter_poll_interval_seconds: '300*160',
        exporter_sweep_interval_seconds: '0*160',
        exporter_poll_last_success_timestamp_seconds: '0*160',
        exporter_poll_last_completed_timestamp_seconds: '0+300/5*160',
        'exporter_clusters{state="fresh"}': '9*160',
      },
      fires: 76,
      clears: 105,
      needs: ['exporter_poll_interval_seconds', 'exporter_sweep_interval_seconds'],
      annotations: {
        summary: 'The snapshots of shop/orders cannot be read',
        description:
          'Cluster orders of project shop: its snapshots were last read at 1970-01-01 00:00:00 +0000 UTC. What is shown is as old as that. The next backup is due by 1970-01-02 00:00:00 +0000 UTC. The log of the exporter names the reason.',
      },
    },
    {
      when: 'a cluster was never read',
      series: {
        refresh_success: '0*60 1*60',
        refresh_last_success_timestamp_seconds: '_*60 3600*60',
        exporter_poll_interval_seconds: '300*120',
      },
      fires: 15,
      clears: 65,
      needs: ['refresh_success'],
      annotations: {
        summary: 'The snapshots of shop/orders cannot be read',
        description:
          'Cluster orders of project shop: its snapshots were last read at no time since the exporter started. What is shown is as old as that. The next backup is due by no known time. The log of the exporter names the reason.',
      },
    },
    {
      when: 'polls are an hour apart, and four of them fail',
      series: {
        refresh_last_success_timestamp_seconds: '0*300 18000*60',
        exporter_poll_interval_seconds: '3600*360',
        exporter_sweep_interval_seconds: '0*360',
      },
      fires: 256,
      clears: 305,
      needs: ['refresh_last_success_timestamp_seconds', 'exporter_poll_interval_seconds'],
      labels: { ...target, ...orders },
    },
    {
      when: 'mode adaptive sweeps every two hours, and then a cluster is not read for one more',
      series: {
        refresh_last_success_timestamp_seconds: '0+7200/120*140 7200*200 20400*60',
        exporter_poll_interval_seconds: '300*400',
        exporter_sweep_interval_seconds: '7200*400',
      },
      fires: 316,
      clears: 345,
      needs: ['refresh_last_success_timestamp_seconds', 'exporter_sweep_interval_seconds'],
    },
    {
      when: 'mode adaptive asks it once in two hours',
      series: {
        refresh_last_success_timestamp_seconds: '0+7200/120*600',
        refresh_success: '1*600',
        exporter_poll_interval_seconds: '300*600',
        exporter_sweep_interval_seconds: '7200*600',
      },
      quietFor: 600,
    },
    {
      when: 'the whole exporter is blind',
      series: {
        ...blind,
        exporter_sweep_interval_seconds: '0*300',
        refresh_last_success_timestamp_seconds: '0*300',
        refresh_success: '0*300',
      },
      quietFor: 300,
    },
  ],
  AtlasBackupCollectorFailing: [
    {
      when: 'a listing fails for an hour, until it works',
      series: {
        'exporter_collector_success{collector="clusters"}': '1*8 0*72 1*60',
        'exporter_collector_success{collector="schedule"}': '1*140',
        'exporter_collector_success{collector="snapshots"}': '0*140',
      },
      fires: 68,
      clears: 85,
      needs: ['exporter_collector_success'],
      labels: { ...target, collector: 'clusters' },
      annotations: {
        summary:
          'The backup exporter mongodbatlas-backup-exporter cannot read everything it should: clusters',
        description:
          'The exporter of job mongodbatlas-backup-exporter has had a failure in each pass of its collector clusters. With clusters, new clusters may be missing; with schedule, due times rest on old schedules, and two alerts about schedules are inhibited. Its log names the reason.',
      },
    },
    {
      when: 'schedules fail for an hour',
      series: { 'exporter_collector_success{collector="schedule"}': '1*8 0*72 1*60' },
      fires: 68,
      clears: 85,
      needs: ['exporter_collector_success'],
    },
    {
      when: 'the whole exporter is blind',
      series: { ...blind, 'exporter_collector_success{collector="clusters"}': '0*300' },
      quietFor: 300,
    },
  ],
};
