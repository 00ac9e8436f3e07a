import type { Case } from '../case.ts';
import { target } from '../promtool.ts';

export const scopeCases: Readonly<Record<string, readonly Case[]>> = {
  AtlasBackupScopeShrunk: [
    {
      when: 'two clusters of three are listed no more, until they are',
      series: {
        enabled: '1*160',
        'enabled{cluster="carts"}': '1*21 stale*79 1*60',
        'enabled{cluster="users"}': '0*21 stale*79 0*60',
      },
      fires: 66,
      clears: 105,
      sooner: { fires: 1 },
      needs: ['enabled'],
      labels: target,
      annotations: {
        summary:
          'The backup exporter mongodbatlas-backup-exporter sees far fewer clusters than before',
        description:
          'The exporter of job mongodbatlas-backup-exporter has 1 clusters in scope, of 3 at most within the last 1d. If they were not deleted, a role was taken away or a filter of the configuration is too narrow, and the rest is not watched.',
      },
    },
    {
      when: 'all of them are listed no more, though polls go on',
      series: {
        enabled: '1*21 stale*79 1*60',
        exporter_poll_last_completed_timestamp_seconds: '0+60*160',
      },
      fires: 66,
      clears: 105,
      sooner: { fires: 1 },
      needs: ['enabled', 'exporter_poll_last_completed_timestamp_seconds'],
      labels: target,
      annotations: {
        summary:
          'The backup exporter mongodbatlas-backup-exporter sees far fewer clusters than before',
        description:
          'The exporter of job mongodbatlas-backup-exporter has 0 clusters in scope, of 1 at most within the last 1d. If they were not deleted, a role was taken away or a filter of the configuration is too narrow, and the rest is not watched.',
      },
    },
    {
      when: 'one cluster of five goes',
      series: {
        enabled: '1*160',
        'enabled{cluster="carts"}': '1*160',
        'enabled{cluster="users"}': '1*160',
        'enabled{cluster="stock"}': '1*160',
        'enabled{cluster="mail"}': '1*20 stale',
      },
      quietFor: 160,
    },
    {
      when: 'a project is renamed',
      series: {
        'enabled{project="shop"}': '1*40 stale',
        'enabled{project="store"}': '_*40 1*100',
        'enabled{project="shop",cluster="carts"}': '1*40 stale',
        'enabled{project="store",cluster="carts"}': '_*40 1*100',
      },
      quietFor: 140,
    },
    {
      when: 'the exporter starts anew while Atlas cannot be read',
      series: {
        enabled: '1*20 stale',
        exporter_poll_last_success_timestamp_seconds: '0+300/5*20 0*120',
        exporter_poll_last_completed_timestamp_seconds: '0+300/5*20 0*5 1500+300/5*115',
        exporter_poll_interval_seconds: '300*140',
        'exporter_clusters{state="fresh"}': '1*20 0*120',
      },
      quietFor: 140,
    },
    {
      when: 'the exporter is away for an hour',
      series: {
        enabled: '1*20 stale*60 _*4 1*60',
        exporter_poll_last_completed_timestamp_seconds: '0+300/5*20 stale*60 0*4 5040+300/5*60',
      },
      quietFor: 144,
    },
  ],
  AtlasBackupClusterRemoved: [
    {
      when: 'a cluster that was there for a day goes, until another day has passed',
      evaluationMinutes: 5,
      series: {
        enabled: '1*1499 stale',
        'exporter_collector_success{collector="clusters"}': '1*3100',
      },
      fires: 1590,
      clears: 3000,
      needs: ['enabled', 'exporter_collector_success'],
      annotations: {
        summary: 'shop/orders is gone',
        description:
          'Cluster orders of project shop was in scope 1d ago and is not any more: it was deleted, or renamed, or a filter or a role changed. Its backups are no longer watched. Was this meant?',
      },
    },
    {
      when: 'listings fail, after a start of the exporter',
      evaluationMinutes: 5,
      series: {
        enabled: '1*1499 stale',
        'exporter_collector_success{collector="clusters"}': '1*1499 0*1599',
      },
      quietFor: 3100,
    },
    {
      when: 'the exporter is away for six hours',
      evaluationMinutes: 5,
      series: {
        enabled: '1*1499 stale*360 1*600',
        'exporter_collector_success{collector="clusters"}': '1*1499 stale*360 1*600',
      },
      quietFor: 2460,
    },
    {
      when: 'its project is renamed',
      evaluationMinutes: 5,
      series: {
        enabled: '1*1499 stale',
        'enabled{project="store"}': '_*1499 1*1000',
        'exporter_collector_success{collector="clusters"}': '1*2501',
      },
      quietFor: 2500,
    },
  ],
};
