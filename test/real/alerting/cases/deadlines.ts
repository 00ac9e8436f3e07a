import type { Case } from '../case.ts';

/** What the descriptions tell. */
const told = {
  snapshot_last_completed_timestamp_seconds: '-3600*100',
  rpo_objective_seconds: '3600*100',
  'exporter_web_info{external_url="https://backups.example.net"}': '1*100',
};

export const deadlineCases: Readonly<Record<string, readonly Case[]>> = {
  AtlasBackupOverdue: [
    {
      when: 'a read after the due time finds no newer snapshot, until one completes',
      series: {
        ...told,
        snapshot_due_timestamp_seconds: '660*40 90000*60',
        refresh_last_success_timestamp_seconds: '0+60*100',
        cluster_paused: '0*100',
        enabled: '1*100',
      },
      fires: 17,
      clears: 45,
      needs: ['snapshot_due_timestamp_seconds', 'refresh_last_success_timestamp_seconds'],
      annotations: {
        summary: 'The backup of shop/orders is overdue',
        description:
          'Cluster orders of project shop has no completed snapshot newer than 1969-12-31 23:00:00 +0000 UTC. One was due by 1970-01-01 00:11:00 +0000 UTC, by its objective of 1h 0m 0s. Data written since would be lost if the cluster were. See https://backups.example.net/clusters/p1/orders.',
      },
    },
    {
      when: 'nothing is known that the description could tell',
      series: {
        snapshot_due_timestamp_seconds: '660*40 90000*60',
        refresh_last_success_timestamp_seconds: '0+60*100',
      },
      fires: 17,
      clears: 45,
      needs: [],
      annotations: {
        summary: 'The backup of shop/orders is overdue',
        description:
          'Cluster orders of project shop has no completed snapshot newer than no known time. One was due by 1970-01-01 00:11:00 +0000 UTC, by its objective of unknown length. Data written since would be lost if the cluster were.',
      },
    },
    {
      when: 'a cluster is paused just before its due time, which can still be seen for a while',
      series: {
        snapshot_due_timestamp_seconds: '660*10 stale',
        refresh_last_success_timestamp_seconds: '0+60*80',
        cluster_paused: '0*10 1*70',
      },
      quietFor: 80,
    },
    {
      when: 'backup is switched off just before the due time',
      series: {
        snapshot_due_timestamp_seconds: '660*10 stale',
        refresh_last_success_timestamp_seconds: '0+60*80',
        enabled: '1*10 0*70',
      },
      quietFor: 80,
    },
    {
      when: 'a cluster is exempted just before its due time',
      series: {
        snapshot_due_timestamp_seconds: '660*10 stale',
        refresh_last_success_timestamp_seconds: '0+60*80',
        exempt: '_*10 1*70',
      },
      quietFor: 80,
    },
    {
      when: 'the due time passes while nothing can be read',
      series: {
        snapshot_due_timestamp_seconds: '660*200',
        refresh_last_success_timestamp_seconds: '0+60*11 600*189',
      },
      quietFor: 200,
    },
    {
      when: 'one of two replicas read nothing for long and knows of no newer snapshot',
      series: {
        snapshot_due_timestamp_seconds: '660*12 90000*188',
        refresh_last_success_timestamp_seconds: '0+60*200',
        'snapshot_due_timestamp_seconds @b': '660*200',
        'refresh_last_success_timestamp_seconds @b': '600*200',
      },
      quietFor: 200,
    },
  ],
  AtlasBackupUnverified: [
    {
      when: 'nothing is read after the due time, until a read finds a newer snapshot',
      series: {
        ...told,
        snapshot_due_timestamp_seconds: '660*80 90000*80',
        refresh_last_success_timestamp_seconds: '0*80 4800*80',
        exporter_poll_interval_seconds: '300*160',
      },
      fires: 52,
      clears: 85,
      needs: ['snapshot_due_timestamp_seconds', 'exporter_poll_interval_seconds'],
      annotations: {
        summary: 'Whether the backup of shop/orders was taken is not known',
        description:
          'Cluster orders of project shop should have had a new snapshot by 1970-01-01 00:11:00 +0000 UTC, by its objective of 1h 0m 0s. Its snapshots were last read at 1970-01-01 00:00:00 +0000 UTC, so the backup may be there or not. The newest one known was taken at 1969-12-31 23:00:00 +0000 UTC. See https://backups.example.net/clusters/p1/orders.',
      },
    },
    {
      when: 'a read after the due time settles that it is overdue',
      series: {
        snapshot_due_timestamp_seconds: '660*160',
        refresh_last_success_timestamp_seconds: '0*50 3000*110',
        exporter_poll_interval_seconds: '300*160',
      },
      quietFor: 160,
    },
    {
      when: 'polls are an hour apart, and the next one comes in time',
      series: {
        snapshot_due_timestamp_seconds: '660*60 90000*100',
        refresh_last_success_timestamp_seconds: '0*60 3600*100',
        exporter_poll_interval_seconds: '3600*160',
      },
      quietFor: 160,
    },
  ],
  AtlasBackupNeverTaken: [
    {
      when: 'the due time passes without any completed snapshot, until the first one completes',
      series: {
        rpo_objective_seconds: '3600*100',
        'snapshots{status="completed"}': '0*40 1*60',
        'snapshots{status="failed"}': '2*100',
        enabled: '1*100',
        snapshot_due_timestamp_seconds: '660*40 90000*60',
        refresh_last_success_timestamp_seconds: '0+60*100',
      },
      fires: 17,
      clears: 45,
      needs: [
        'snapshots',
        'enabled',
        'snapshot_due_timestamp_seconds',
        'refresh_last_success_timestamp_seconds',
      ],
      annotations: {
        summary: 'shop/orders has no backup at all',
        description:
          'Cluster orders of project shop has backup switched on and not one completed snapshot. The first was due by 1970-01-01 00:11:00 +0000 UTC, by its objective of 1h 0m 0s. Nothing of this cluster could be restored.',
      },
    },
    {
      when: 'one snapshot is completed, however old',
      series: {
        'snapshots{status="completed"}': '1*100',
        enabled: '1*100',
        snapshot_due_timestamp_seconds: '660*100',
        refresh_last_success_timestamp_seconds: '0+60*100',
      },
      quietFor: 100,
    },
  ],
  AtlasBackupDisabled: [
    {
      when: 'backup is switched off, until it is switched on again',
      series: { ...told, enabled: '1*8 0*52 1*60' },
      fires: 23,
      clears: 65,
      needs: ['enabled'],
      annotations: {
        summary: 'Backup of shop/orders is switched off',
        description:
          'Cluster orders of project shop has backup switched off in Atlas. If it needs none, say so in the configuration of the exporter: an entry of objectives.overrides with rpo: none. The newest snapshot known was taken at 1969-12-31 23:00:00 +0000 UTC. See https://backups.example.net/clusters/p1/orders.',
      },
    },
    {
      when: 'a cluster with backup off never had a snapshot',
      series: { enabled: '0*60 1*60' },
      fires: 15,
      clears: 65,
      needs: ['enabled'],
      annotations: {
        summary: 'Backup of shop/orders is switched off',
        description:
          'Cluster orders of project shop has backup switched off in Atlas. If it needs none, say so in the configuration of the exporter: an entry of objectives.overrides with rpo: none. No completed snapshot is known.',
      },
    },
    {
      when: 'the configuration exempts the cluster',
      series: { enabled: '0*100', exempt: '1*100' },
      quietFor: 100,
    },
    {
      when: 'the cluster is of a size that cannot have backups',
      series: {
        enabled: '0*100',
        'cluster_info{instance_size="M0",topology="replica_set"}': '1*100',
      },
      quietFor: 100,
    },
    {
      when: 'backup is off for less than a quarter of an hour',
      series: { enabled: '1*8 0*15 1*60' },
      quietFor: 83,
    },
  ],
  AtlasBackupPausedTooLong: [
    {
      when: 'a cluster is paused for a week, until it is resumed',
      evaluationMinutes: 5,
      series: {
        cluster_paused: '1*10200 0*60',
        recoverable_until_timestamp_seconds: '864000*10260',
      },
      fires: 10080,
      clears: 10205,
      needs: ['cluster_paused', 'recoverable_until_timestamp_seconds'],
      annotations: {
        summary: 'shop/orders is paused and its backups are expiring',
        description:
          'Cluster orders of project shop has been paused for so long that its snapshots expire one by one and no new ones are taken. The last one is deleted at 1970-01-11 00:00:00 +0000 UTC. Resume the cluster, or keep a copy of its data.',
      },
    },
    {
      when: 'it was resumed for an hour in between',
      evaluationMinutes: 5,
      series: {
        cluster_paused: '1*3000 0*60 1*8000',
        recoverable_until_timestamp_seconds: '864000*11060',
      },
      quietFor: 11_060,
    },
  ],
};
