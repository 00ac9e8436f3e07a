import type { Case } from '../case.ts';

export const recoverabilityCases: Readonly<Record<string, readonly Case[]>> = {
  AtlasBackupRecoverabilityEnding: [
    {
      when: 'the last snapshot has a day left, until another completes',
      series: {
        recoverable_until_timestamp_seconds: '90000*80 868800*40',
        snapshot_last_completed_timestamp_seconds: '-864000*80 4800*40',
        refresh_last_success_timestamp_seconds: '0+60*120',
        'snapshots{status="completed"}': '1*80 2*40',
      },
      fires: 66,
      clears: 85,
      needs: ['recoverable_until_timestamp_seconds', 'snapshot_last_completed_timestamp_seconds'],
      annotations: {
        summary: 'The last backup of shop/orders will be deleted soon',
        description:
          'Cluster orders of project shop loses its last snapshot in 23h 54m 0s if no more is taken: the newest was taken at 1969-12-22 00:00:00 +0000 UTC. This is as of 1970-01-01 01:06:00 +0000 UTC, when its snapshots were last read. After that nothing can be restored.',
      },
    },
    {
      when: 'snapshots are kept for a day, and half of it has passed',
      series: {
        recoverable_until_timestamp_seconds: '86400*740 130800*40',
        snapshot_last_completed_timestamp_seconds: '0*740 44400*40',
      },
      fires: 726,
      clears: 745,
      needs: ['recoverable_until_timestamp_seconds', 'snapshot_last_completed_timestamp_seconds'],
    },
    {
      when: 'snapshots are kept for a day, and a new one comes every six hours',
      series: {
        recoverable_until_timestamp_seconds: '86400*360 108000*360',
        snapshot_last_completed_timestamp_seconds: '0*360 21600*360',
      },
      quietFor: 719,
    },
    {
      when: 'the cluster is exempted',
      series: {
        recoverable_until_timestamp_seconds: '90000*120',
        snapshot_last_completed_timestamp_seconds: '-864000*120',
        exempt: '1*120',
      },
      quietFor: 120,
    },
    {
      when: 'the last snapshot was deleted, and its end can still be seen for a while',
      series: {
        recoverable_until_timestamp_seconds: '90000*60 stale',
        snapshot_last_completed_timestamp_seconds: '-864000*60 stale',
        'snapshots{status="completed"}': '1*60 0*40',
      },
      quietFor: 100,
    },
  ],
  AtlasBackupRecoverabilityLost: [
    {
      when: 'the last snapshot expires, until another completes',
      series: {
        recoverable_until_timestamp_seconds: '3600*100 900000*40',
        refresh_last_success_timestamp_seconds: '0+60*140',
        rpo_objective_seconds: '86400*140',
      },
      fires: 66,
      clears: 105,
      needs: ['recoverable_until_timestamp_seconds'],
      annotations: {
        summary: 'Nothing of shop/orders can be restored any more',
        description:
          'Cluster orders of project shop has no snapshot left that can be restored, as of 1970-01-01 01:06:00 +0000 UTC, when its snapshots were last read. The end of the last one was 1970-01-01 01:00:00 +0000 UTC; objective: 1d 0h 0m 0s. Take a snapshot now.',
      },
    },
    {
      when: 'none is listed any more, until another completes',
      series: {
        'snapshots{status="completed"}': '3*60 0*60 1*40',
        recoverable_until_timestamp_seconds: '400000*60 stale*60 900000*40',
      },
      fires: 65,
      clears: 125,
      needs: ['snapshots'],
    },
    {
      when: 'there never was one',
      series: { 'snapshots{status="completed"}': '0*1500' },
      evaluationMinutes: 5,
      quietFor: 1500,
    },
    {
      when: 'the cluster is exempted',
      series: {
        'snapshots{status="completed"}': '3*60 0*60',
        recoverable_until_timestamp_seconds: '600*120',
        exempt: '1*120',
      },
      quietFor: 120,
    },
  ],
  AtlasBackupVanishedEarly: [
    {
      when: 'two snapshots vanish, until an hour has passed',
      series: {
        snapshots_vanished_total: '0*21 2*120',
        snapshot_last_completed_timestamp_seconds: '0*140',
        recoverable_until_timestamp_seconds: '86400*140',
      },
      fires: 21,
      clears: 86,
      sooner: { clears: 1 },
      needs: ['snapshots_vanished_total'],
      annotations: {
        summary: 'Snapshots of shop/orders were deleted before their time',
        description:
          'Cluster orders of project shop lost 2 completed snapshot(s) before their expiry, within the last hours. Somebody or something deletes backups. The newest one left was taken at 1970-01-01 00:00:00 +0000 UTC; restoring is possible until 1970-01-02 00:00:00 +0000 UTC.',
      },
    },
    {
      when: 'the exporter starts anew and counts from 0',
      series: { snapshots_vanished_total: '3*100 _*2 0*100' },
      quietFor: 202,
    },
  ],
  AtlasBackupRetentionCut: [
    {
      when: 'the expiry of three snapshots moves, until an hour has passed',
      series: {
        snapshot_retention_reductions_total: '0*21 3*120',
        recoverable_until_timestamp_seconds: '86400*140',
      },
      fires: 21,
      clears: 86,
      sooner: { clears: 1 },
      needs: ['snapshot_retention_reductions_total'],
      annotations: {
        summary: 'Snapshots of shop/orders will be deleted earlier than planned',
        description:
          'Cluster orders of project shop has 3 snapshot(s) whose expiry was moved to an earlier time. Restoring is now possible until 1970-01-02 00:00:00 +0000 UTC. If nobody meant this, look into who changed the retention.',
      },
    },
    {
      when: 'the exporter starts anew and counts from 0',
      series: { snapshot_retention_reductions_total: '3*100 _*2 0*100' },
      quietFor: 202,
    },
  ],
};
