import { bystanders, exporter, healthy, ofCluster, until } from './scenery.ts';
import type { Story } from './story.ts';

const others = ['carts', 'users', 'stock', 'mail', 'search'];
const names = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `c${from + index}`);

export const changes: readonly Story[] = [
  {
    what: '50 clusters become 10',
    series: {
      ...exporter(1700),
      ...bystanders(names(1, 10), '1*1700'),
      ...bystanders(names(11, 50), '1*1499 stale'),
    },
    moments: {
      1540: [],
      1546: ['AtlasBackupScopeShrunk'],
      1580: ['AtlasBackupScopeShrunk'],
      1600: [
        'AtlasBackupScopeShrunk',
        ...names(11, 50).map((name) => `AtlasBackupClusterRemoved ${name}`),
      ],
    },
  },
  {
    what: 'a cluster is deleted',
    series: {
      ...exporter(3100),
      ...bystanders(others, '1*3100'),
      ...until(1499, ofCluster('ledger', healthy(3100))),
    },
    moments: {
      1580: [],
      1590: ['AtlasBackupClusterRemoved ledger'],
      2990: ['AtlasBackupClusterRemoved ledger'],
      3000: [],
    },
  },
  {
    what: 'a paused cluster is resumed',
    series: {
      ...exporter(3300),
      ...healthy(3300),
      cluster_paused: '0*100 1*2900 0*300',
      snapshot_last_completed_timestamp_seconds: '0*3100 186000*200',
      'policy_last_completed_timestamp_seconds{frequency="daily"}': '0*3100 186000*200',
      // From the announced run, and then from the first snapshot.
      snapshot_due_timestamp_seconds: '90000*100 stale*2900 189600*100 276000*200',
      schedule_next_snapshot_timestamp_seconds: '86400*100 stale*2900 186000*100 272400*200',
      recoverable_until_timestamp_seconds: '604800*3100 790800*200',
    },
    nothingUntil: 3300,
  },
  {
    what: 'a cluster is created',
    series: {
      ...exporter(1700),
      ...bystanders(others, '1*1700'),
      enabled: '_*100 1*1600',
      cluster_paused: '_*100 0*1600',
      refresh_success: '_*100 0*5 1*1595',
      refresh_last_success_timestamp_seconds: '_*105 6300+300/5*1595',
      'snapshots{status="completed"}': '_*105 0*895 1*700',
      snapshots_incomplete: '_*105 0*885 1*10 0*700',
      snapshot_pending_since_timestamp_seconds: '_*990 59400*10 stale',
      snapshot_last_finished_success: '_*1000 1*700',
      snapshot_last_completed_timestamp_seconds: '_*1000 59400*700',
      snapshot_due_timestamp_seconds: '_*105 96000*895 149400*700',
      recoverable_until_timestamp_seconds: '_*1000 664200*700',
      schedule_next_snapshot_timestamp_seconds: '_*105 59400*895 145800*700',
      schedule_expected_interval_seconds: '_*105 86400*1595',
      schedule_hash: '_*105 42*1595',
    },
    nothingUntil: 1700,
  },
  {
    what: 'backup is switched on',
    series: {
      ...exporter(1700),
      ...bystanders(others, '1*1700'),
      enabled: '0*200 1*1500',
      cluster_paused: '0*1700',
      refresh_success: '1*1700',
      refresh_last_success_timestamp_seconds: '0+300/5*1700',
      'snapshots{status="completed"}': '0*1000 1*700',
      snapshot_last_completed_timestamp_seconds: '_*1000 59400*700',
      snapshot_due_timestamp_seconds: '_*200 102000*800 149400*700',
      recoverable_until_timestamp_seconds: '_*1000 664200*700',
      schedule_next_snapshot_timestamp_seconds: '_*200 59400*800 145800*700',
      schedule_expected_interval_seconds: '_*200 86400*1500',
      schedule_hash: '_*200 42*1500',
    },
    moments: {
      14: [],
      15: ['AtlasBackupDisabled orders'],
      204: ['AtlasBackupDisabled orders'],
      205: [],
      1000: [],
      1699: [],
    },
  },
];
