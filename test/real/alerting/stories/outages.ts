import { bystanders, exporter, healthy, ofCluster, until } from './scenery.ts';
import type { Story } from './story.ts';

/** All polls fail from minute 600 to minute 3480; the snapshot of minute 1440 is not seen. */
const unread = {
  exporter_poll_last_success_timestamp_seconds: '0+300/5*600 35700*2880 208800+300/5*240',
  'exporter_clusters{state="fresh"}': '5*600 0*2880 5*240',
  'exporter_collector_success{collector="clusters"}': '1*600 0*2880 1*240',
  'exporter_collector_success{collector="snapshots"}': '1*600 0*2880 1*240',
  'exporter_collector_success{collector="schedule"}': '1*600 0*2880 1*240',
  refresh_success: '1*600 0*2880 1*240',
  'collector_refresh_success{collector="schedule"}': '1*600 0*2880 1*240',
  refresh_last_success_timestamp_seconds: '0+300/5*600 35700*2880 208800+300/5*240',
  snapshot_last_completed_timestamp_seconds: '0*3480 172800*240',
  snapshot_due_timestamp_seconds: '90000*3480 262800*240',
  schedule_next_snapshot_timestamp_seconds: '86400*3480 259200*240',
  recoverable_until_timestamp_seconds: '604800*3480 777600*240',
  'policy_last_completed_timestamp_seconds{frequency="daily"}': '0*3480 172800*240',
  // What does not age by itself goes an hour after the last good read.
  cluster_paused: '0*660 stale*2820 0*240',
  'snapshots{status="completed"}': '7*660 stale*2820 7*240',
  'snapshots{status="failed"}': '0*660 stale*2820 0*240',
  snapshots_incomplete: '0*660 stale*2820 0*240',
  snapshot_last_finished_success: '1*660 stale*2820 1*240',
  snapshot_last_duration_seconds: '600*660 stale*2820 600*240',
  snapshot_size_ratio: '1*660 stale*2820 1*240',
  snapshot_previous_size_ratio: '1*660 stale*2820 1*240',
};

export const outages: readonly Story[] = [
  {
    what: 'all polls fail for two days',
    series: { ...exporter(3720), ...healthy(3720), ...unread },
    moments: {
      629: [],
      630: ['AtlasBackupExporterBlind'],
      1500: ['AtlasBackupExporterBlind'],
      1545: [
        'AtlasBackupExporterBlind',
        'AtlasBackupUnverified orders',
        'AtlasBackupObjectiveBurn',
      ],
      3479: [
        'AtlasBackupExporterBlind',
        'AtlasBackupUnverified orders',
        'AtlasBackupObjectiveBurn',
      ],
      3485: ['AtlasBackupObjectiveBurn'],
      3600: [],
    },
  },
  {
    what: 'the exporter dies',
    series: {
      ...until(100, { ...exporter(1700), ...healthy(1700) }),
      up: '1*100 0*1600',
    },
    moments: {
      113: [],
      115: ['AtlasBackupExporterDown'],
      400: ['AtlasBackupExporterDown'],
      1650: ['AtlasBackupExporterDown'],
    },
  },
  {
    what: 'another program answers in its place',
    series: { ...until(100, { ...exporter(1700), ...healthy(1700) }), up: '1*1700' },
    moments: {
      123: [],
      125: ['AtlasBackupExporterNotServing'],
      1650: ['AtlasBackupExporterNotServing'],
    },
  },
  {
    what: 'one cluster is forbidden',
    series: {
      ...exporter(1600),
      ...healthy(1600),
      ...ofCluster('ledger', healthy(1600)),
      exporter_poll_last_success_timestamp_seconds: '0+300/5*100 5700*1500',
      'exporter_clusters{state="fresh"}': '2*100 1*1500',
      'exporter_collector_success{collector="snapshots"}': '1*100 0*1500',
      'refresh_success{cluster="ledger"}': '1*100 0*1500',
      'collector_refresh_success{cluster="ledger",collector="schedule"}': '1*100 0*1500',
      'refresh_last_success_timestamp_seconds{cluster="ledger"}': '0+300/5*100 5700*1500',
      'snapshot_last_completed_timestamp_seconds{cluster="ledger"}': '0*1600',
      'snapshot_due_timestamp_seconds{cluster="ledger"}': '90000*1600',
      'schedule_next_snapshot_timestamp_seconds{cluster="ledger"}': '86400*1600',
      'policy_last_completed_timestamp_seconds{cluster="ledger",frequency="daily"}': '0*1600',
    },
    moments: {
      174: [],
      175: ['AtlasBackupClusterBlind ledger'],
      1500: ['AtlasBackupClusterBlind ledger'],
      1599: [
        'AtlasBackupClusterBlind ledger',
        'AtlasBackupUnverified ledger',
        'AtlasBackupObjectiveBurn',
      ],
    },
  },
  {
    what: 'every fourth scrape fails, and a cluster is late',
    scraping: 'every fourth scrape fails',
    evaluationMinutes: 1,
    series: {
      ...exporter(400),
      ...healthy(400),
      ...bystanders(['carts', 'users'], '1*400'),
      snapshot_last_completed_timestamp_seconds: '-81000*400',
      snapshot_due_timestamp_seconds: '9000*400',
      'policy_last_completed_timestamp_seconds{frequency="daily"}': '-81000*400',
    },
    moments: {
      160: [],
      161: ['AtlasBackupOverdue orders'],
      162: ['AtlasBackupOverdue orders'],
      163: ['AtlasBackupOverdue orders'],
      164: ['AtlasBackupOverdue orders'],
      350: ['AtlasBackupOverdue orders', 'AtlasBackupObjectiveBurn'],
      351: ['AtlasBackupOverdue orders', 'AtlasBackupObjectiveBurn'],
      352: ['AtlasBackupOverdue orders', 'AtlasBackupObjectiveBurn'],
      353: ['AtlasBackupOverdue orders', 'AtlasBackupObjectiveBurn'],
    },
  },
  {
    what: 'every fourth scrape fails, and all is well',
    scraping: 'every fourth scrape fails',
    series: { ...exporter(3000), ...healthy(3000) },
    nothingUntil: 3000,
  },
];
