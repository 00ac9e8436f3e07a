import type { Case } from '../case.ts';
import { target } from '../promtool.ts';

export const objectiveCases: Readonly<Record<string, readonly Case[]>> = {
  AtlasBackupObjectiveBurn: [
    {
      // From minute 21 on one of two is late: 18 of 78 cluster-minutes by minute 38.
      when: 'one cluster of two is late, until its backup completes',
      series: {
        snapshot_due_timestamp_seconds: '1200*60 900000*120',
        'snapshot_due_timestamp_seconds{cluster="carts"}': '900000*180',
      },
      fires: 38,
      clears: 128,
      sooner: { clears: 1 },
      needs: ['snapshot_due_timestamp_seconds'],
      labels: target,
      annotations: {
        summary: 'Many clusters of mongodbatlas-backup-exporter are outside their backup objective',
        description:
          'Of the cluster-time of the last 6 hours, 23.08% was outside the backup objective of the clusters; of the last hour 23.08%. At this speed the allowance of a month is used up in days. The alerts about single clusters name them.',
      },
    },
    {
      // 20 of 361 cluster-minutes at most.
      when: 'one is late for twenty minutes after many that were not',
      evaluationMinutes: 5,
      series: { snapshot_due_timestamp_seconds: '20400*361 900000*120' },
      quietFor: 480,
    },
  ],
};
