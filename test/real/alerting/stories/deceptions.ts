import { exporter, healthy } from './scenery.ts';
import type { Story } from './story.ts';

/** The schedule is dead; somebody takes a snapshot on demand at each midnight. */
const onDemand = {
  'policy_last_completed_timestamp_seconds{frequency="daily"}': '0*2000',
  'policy_last_completed_timestamp_seconds{frequency="on_demand"}': '_*1440 86400*560',
};

export const deceptions: readonly Story[] = [
  {
    what: 'a snapshot is dated in the future, and no other follows',
    series: {
      ...exporter(1600),
      ...healthy(1600),
      snapshot_rejected_future_timestamp_seconds: '_*100 200000*1500',
      snapshot_last_completed_timestamp_seconds: '0*1600',
      snapshot_due_timestamp_seconds: '90000*1600',
      'policy_last_completed_timestamp_seconds{frequency="daily"}': '0*1600',
    },
    moments: {
      104: [],
      105: ['AtlasBackupFromTheFuture orders'],
      1509: ['AtlasBackupFromTheFuture orders'],
      1550: [
        'AtlasBackupFromTheFuture orders',
        'AtlasBackupOverdue orders',
        'AtlasBackupObjectiveBurn',
      ],
    },
  },
  {
    what: 'snapshots on demand hide a dead schedule, and its next run stands still',
    series: {
      ...exporter(2000),
      ...healthy(2000),
      ...onDemand,
      schedule_next_snapshot_timestamp_seconds: '86400*2000',
    },
    moments: {
      1569: [],
      1570: ['AtlasBackupNextRunInPast orders'],
      1600: ['AtlasBackupNextRunInPast orders', 'AtlasBackupScheduleSilent orders'],
      1999: ['AtlasBackupNextRunInPast orders', 'AtlasBackupScheduleSilent orders'],
    },
  },
  {
    what: 'snapshots on demand hide a dead schedule, and Atlas goes on announcing runs',
    series: { ...exporter(2000), ...healthy(2000), ...onDemand },
    moments: {
      1579: [],
      1580: ['AtlasBackupScheduleSilent orders'],
      1999: ['AtlasBackupScheduleSilent orders'],
    },
  },
  {
    what: 'a paused cluster loses its last snapshot',
    series: {
      ...exporter(3000),
      enabled: '1*3000',
      cluster_paused: '1*3000',
      refresh_success: '1*3000',
      refresh_last_success_timestamp_seconds: '0+300/5*3000',
      'snapshots{status="completed"}': '1*1505 0*1495',
      recoverable_until_timestamp_seconds: '90000*1505 stale',
      snapshot_last_completed_timestamp_seconds: '-864000*1505 stale',
    },
    moments: {
      69: [],
      70: ['AtlasBackupRecoverabilityEnding orders'],
      1504: ['AtlasBackupRecoverabilityEnding orders'],
      1505: [],
      1510: ['AtlasBackupRecoverabilityLost orders'],
      2900: ['AtlasBackupRecoverabilityLost orders'],
    },
  },
];
