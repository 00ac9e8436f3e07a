import type { Case } from '../case.ts';

/** Hourly snapshots of the schedule have stopped at 0; one on demand came an hour later. */
const silent = {
  'policy_last_completed_timestamp_seconds{frequency="daily"}': '-7200*300',
  'policy_last_completed_timestamp_seconds{frequency="on_demand"}': '3600*300',
  snapshot_last_completed_timestamp_seconds: '3600*300',
  schedule_expected_interval_seconds: '3600*300',
  snapshot_due_timestamp_seconds: '900000*300',
  refresh_last_success_timestamp_seconds: '0+60*300',
};

export const scheduleCases: Readonly<Record<string, readonly Case[]>> = {
  AtlasBackupNextRunInPast: [
    {
      when: 'the announced run was two hours before the last read, until another is announced',
      series: {
        schedule_next_snapshot_timestamp_seconds: '0*140 100000*60',
        refresh_last_success_timestamp_seconds: '0+60*200',
        snapshot_last_completed_timestamp_seconds: '-3600*200',
        snapshot_due_timestamp_seconds: '86400*200',
        'collector_refresh_success{collector="schedule"}': '1*200',
        // Of another cluster.
        'exporter_collector_success{collector="schedule"}': '0*200',
      },
      fires: 126,
      clears: 145,
      needs: ['schedule_next_snapshot_timestamp_seconds', 'refresh_last_success_timestamp_seconds'],
      annotations: {
        summary: 'The backup schedule of shop/orders stands still',
        description:
          'Cluster orders of project shop still announces its next snapshot for 1970-01-01 00:00:00 +0000 UTC, which was past when Atlas was read at 1970-01-01 02:06:00 +0000 UTC. The newest completed one was taken at 1969-12-31 23:00:00 +0000 UTC, and another is due by 1970-01-02 00:00:00 +0000 UTC.',
      },
    },
    {
      when: 'it stands still because the schedule cannot be read',
      series: {
        schedule_next_snapshot_timestamp_seconds: '0*200',
        refresh_last_success_timestamp_seconds: '0+60*200',
        'collector_refresh_success{collector="schedule"}': '0*200',
      },
      quietFor: 200,
    },
    {
      when: 'a pause skips the announced run',
      series: {
        schedule_next_snapshot_timestamp_seconds: '0*200',
        refresh_last_success_timestamp_seconds: '0+60*200',
        cluster_paused: '1*200',
        'collector_refresh_success{collector="schedule"}': '1*200',
        // Of another cluster.
        'exporter_collector_success{collector="schedule"}': '0*200',
      },
      quietFor: 200,
    },
    {
      when: 'nothing was read since the announced run',
      series: {
        schedule_next_snapshot_timestamp_seconds: '0*200',
        refresh_last_success_timestamp_seconds: '7200*200',
      },
      quietFor: 200,
    },
  ],
  AtlasBackupScheduleSilent: [
    {
      when: 'snapshots on demand go on without those of the schedule, until one of these completes',
      series: {
        'policy_last_completed_timestamp_seconds{frequency="hourly"}': '0*220 13200*80',
        'policy_last_completed_timestamp_seconds{frequency="daily"}': '-7200*300',
        'policy_last_completed_timestamp_seconds{frequency="on_demand"}': '3600*300',
        snapshot_last_completed_timestamp_seconds: '3600*220 13200*80',
        schedule_expected_interval_seconds: '3600*300',
        snapshot_due_timestamp_seconds: '900000*300',
        refresh_last_success_timestamp_seconds: '0+60*300',
        cluster_paused: '0*300',
        enabled: '1*300',
        'collector_refresh_success{collector="schedule"}': '1*300',
        // Of another cluster.
        'exporter_collector_success{collector="schedule"}': '0*300',
      },
      fires: 196,
      clears: 225,
      needs: [
        'snapshot_last_completed_timestamp_seconds',
        'schedule_expected_interval_seconds',
        'refresh_last_success_timestamp_seconds',
        'policy_last_completed_timestamp_seconds',
      ],
      annotations: {
        summary: 'The backup schedule of shop/orders takes no snapshots',
        description:
          'Cluster orders of project shop has had no snapshot of its schedule since 1970-01-01 00:00:00 +0000 UTC, although one is taken at least every 1h 0m 0s. Snapshots on demand hide this: the newest was taken at 1970-01-01 01:00:00 +0000 UTC.',
      },
    },
    {
      when: 'the last snapshot of the schedule expires meanwhile',
      series: {
        'policy_last_completed_timestamp_seconds{frequency="hourly"}': '0*200 stale _*119 19200*80',
        snapshot_last_completed_timestamp_seconds: '3600*320 19200*80',
        schedule_expected_interval_seconds: '3600*400',
        snapshot_due_timestamp_seconds: '900000*400',
        refresh_last_success_timestamp_seconds: '0+60*400',
      },
      fires: 196,
      clears: 325,
      needs: ['policy_last_completed_timestamp_seconds'],
    },
    {
      when: 'it is overdue, which another alert says',
      series: { ...silent, snapshot_due_timestamp_seconds: '660*300' },
      quietFor: 300,
    },
    {
      when: 'the cluster was paused within a day',
      series: { ...silent, cluster_paused: '1*20 0*280' },
      quietFor: 300,
    },
    {
      when: 'backup was off within a day',
      series: { ...silent, enabled: '0*20 1*280' },
      quietFor: 300,
    },
    {
      when: 'the schedule cannot be read',
      series: { ...silent, 'collector_refresh_success{collector="schedule"}': '0*300' },
      quietFor: 300,
    },
    {
      when: 'there is no newer snapshot on demand',
      series: { ...silent, snapshot_last_completed_timestamp_seconds: '-7200*300' },
      quietFor: 300,
    },
  ],
  AtlasBackupPolicyChanged: [
    {
      when: 'the policy changes, until an hour has passed',
      series: {
        schedule_hash: '111*21 222*120',
        schedule_expected_interval_seconds: '21600*20 86400*120',
        rpo_objective_seconds: '21600*20 86400*120',
      },
      fires: 21,
      clears: 86,
      sooner: { clears: 1 },
      needs: ['schedule_hash'],
      annotations: {
        summary: 'The backup policy of shop/orders was changed',
        description:
          'Cluster orders of project shop has another backup policy than before. Its longest gap between snapshots is now 1d 0h 0m 0s, its objective 1d 0h 0m 0s. Was this meant?',
      },
    },
    {
      when: 'the exporter starts anew and reads the same policy',
      series: { schedule_hash: '111*40 stale _*10 111*60' },
      quietFor: 111,
    },
  ],
};
