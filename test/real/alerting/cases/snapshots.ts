import type { Case } from '../case.ts';

export const snapshotCases: Readonly<Record<string, readonly Case[]>> = {
  AtlasBackupStuck: [
    {
      when: 'a snapshot is in progress for six hours, until it ends',
      series: {
        snapshot_pending_since_timestamp_seconds: '0*372 stale',
        snapshots_incomplete: '1*372 0*60',
        snapshot_last_duration_seconds: '3000*432',
        snapshot_due_timestamp_seconds: '86400*432',
      },
      fires: 366,
      clears: 377,
      needs: ['snapshot_pending_since_timestamp_seconds', 'snapshots_incomplete'],
      annotations: {
        summary: 'A snapshot of shop/orders does not come to its end',
        description:
          'Cluster orders of project shop has a snapshot that was requested 6h 6m 0s ago and has not ended. The last one took 50m 0s. The next backup is due by 1970-01-02 00:00:00 +0000 UTC.',
      },
    },
    {
      when: 'it takes ten times as long as the last one',
      series: {
        snapshot_pending_since_timestamp_seconds: '0*200 stale',
        snapshots_incomplete: '1*200 0*60',
        snapshot_last_duration_seconds: '900*260',
      },
      fires: 156,
      clears: 205,
      needs: ['snapshot_last_duration_seconds'],
    },
    {
      when: 'it takes ten times as long as a short one, and two hours',
      series: {
        snapshot_pending_since_timestamp_seconds: '0*200 stale',
        snapshots_incomplete: '1*200 0*60',
        snapshot_last_duration_seconds: '60*260',
      },
      fires: 126,
      clears: 205,
      needs: ['snapshot_last_duration_seconds'],
    },
    {
      when: 'it ended just before the six hours, and can still be seen for a while',
      series: {
        snapshot_pending_since_timestamp_seconds: '0*358 stale',
        snapshots_incomplete: '1*358 0*60',
      },
      quietFor: 417,
    },
  ],
  AtlasBackupLastAttemptFailed: [
    {
      when: 'the newest to end failed, until one completes',
      series: {
        snapshot_last_finished_success: '1*8 0*32 1*40',
        snapshot_last_failed_timestamp_seconds: '_*8 420*72',
        snapshot_last_completed_timestamp_seconds: '0*80',
        snapshot_due_timestamp_seconds: '86400*80',
      },
      fires: 13,
      clears: 45,
      needs: ['snapshot_last_finished_success'],
      annotations: {
        summary: 'The last snapshot of shop/orders failed',
        description:
          'Cluster orders of project shop: the newest snapshot to end failed; it was requested at 1970-01-01 00:07:00 +0000 UTC. The newest completed one was taken at 1970-01-01 00:00:00 +0000 UTC, and another is due by 1970-01-02 00:00:00 +0000 UTC.',
      },
    },
  ],
  AtlasBackupSizeAnomaly: [
    {
      when: 'two in a row are small, until one is not',
      series: {
        snapshot_size_ratio: '1*8 0.4*32 1*40',
        snapshot_previous_size_ratio: '1*4 0.45*76',
        snapshot_last_completed_timestamp_seconds: '0*80',
      },
      fires: 13,
      clears: 45,
      needs: ['snapshot_size_ratio', 'snapshot_previous_size_ratio'],
      annotations: {
        summary: 'The snapshots of shop/orders have an unusual size',
        description:
          'Cluster orders of project shop: the newest snapshot has 40% of the usual size, and the one before it 45%. Data may have been lost or left out, or has grown at once. The newest was taken at 1970-01-01 00:00:00 +0000 UTC.',
      },
    },
    {
      when: 'two in a row are large',
      series: {
        snapshot_size_ratio: '1*8 2.5*32 1*40',
        snapshot_previous_size_ratio: '3*80',
      },
      fires: 13,
      clears: 45,
      needs: ['snapshot_size_ratio', 'snapshot_previous_size_ratio'],
    },
    {
      when: 'one is half as large, the one before less',
      series: { snapshot_size_ratio: '0.5*80', snapshot_previous_size_ratio: '0.1*80' },
      quietFor: 80,
    },
    {
      when: 'one is twice as large, the one before more',
      series: { snapshot_size_ratio: '2*80', snapshot_previous_size_ratio: '9*80' },
      quietFor: 80,
    },
    {
      when: 'one is small and the one before large',
      series: { snapshot_size_ratio: '0.1*80', snapshot_previous_size_ratio: '9*80' },
      quietFor: 80,
    },
  ],
  AtlasBackupFromTheFuture: [
    {
      when: 'a snapshot was left out because of its date, until that is near',
      series: { snapshot_rejected_future_timestamp_seconds: '_*8 7200*130' },
      fires: 13,
      clears: 110,
      needs: ['snapshot_rejected_future_timestamp_seconds'],
      annotations: {
        summary: 'A snapshot of shop/orders is dated in the future',
        description:
          'Cluster orders of project shop has a completed snapshot that claims to have been taken at 1970-01-01 02:00:00 +0000 UTC. A clock is wrong: that of Atlas, of the exporter, or of Prometheus.',
      },
    },
    {
      when: 'the newest one is ahead of the clock of Prometheus alone',
      series: { snapshot_last_completed_timestamp_seconds: '0*8 7200*130' },
      fires: 13,
      clears: 110,
      needs: ['snapshot_last_completed_timestamp_seconds'],
    },
    {
      when: 'it is a quarter of an hour ahead',
      series: { snapshot_last_completed_timestamp_seconds: '900+60*100' },
      quietFor: 100,
    },
  ],
};
