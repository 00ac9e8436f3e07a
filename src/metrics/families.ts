import { topologies } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { collectorFacts, switchableCollectors } from '../domain/collectors.ts';
import { lastDurationSeconds } from '../domain/history.ts';
import { lastReadAt, pending } from '../domain/observed.ts';
import {
  cloudProviders,
  frequencies,
  type SnapshotStatus,
  snapshotSources,
  snapshotStatuses,
  snapshotTypes,
} from '../domain/snapshot.ts';
import { type Family, familiesOf } from './family.ts';

const statusValues: readonly SnapshotStatus[] = [...snapshotStatuses, 'other'];

const cluster = familiesOf<ClusterRow>('clusters');
const snapshots = familiesOf<ClusterRow>('snapshots');

const ofCollector = [
  'collector',
  switchableCollectors.filter((name) => collectorFacts[name].scope === 'cluster'),
] as const;

/**
 * The families about a cluster that belong to no collector with a cadence of its own, in the order of
 * the page. To add a metric, add an entry.
 */
export const coreClusterFamilies: readonly Family<ClusterRow>[] = [
  cluster.info(
    'cluster_info',
    'What Atlas says about the cluster; constant 1. Cached from the last listing of its project.',
    {
      org_id: 'open',
      topology: topologies,
      instance_size: 'open',
      cloud_provider: cloudProviders,
      mongodb_version: 'open',
      account: 'open',
    },
    (row) => ({
      org_id: row.orgId,
      topology: row.cluster.topology,
      instance_size: row.cluster.instanceSize,
      cloud_provider: row.cluster.cloudProvider,
      mongodb_version: row.cluster.mongodbVersion,
      account: row.account,
    }),
  ),
  cluster.gauge(
    'cluster_created_timestamp_seconds',
    'When the cluster was created. Cached; absent when Atlas does not say.',
    ({ cluster }) => cluster.createdAt,
  ),
  cluster.gauge(
    'cluster_paused',
    '1 while the cluster is paused. Cached; absent for flex, and after max_staleness without a good read.',
    ({ cluster, state }) => (state === 'expired' ? undefined : cluster.paused),
  ),
  cluster.gauge(
    'enabled',
    '1 when Atlas takes backups of this cluster. Cached from the last listing of its project.',
    ({ cluster }) => cluster.backupEnabled,
  ),
  cluster.gauge(
    'exempt',
    '1 for a cluster that needs no backup, by an override with rpo: none. Cached; absent for all others.',
    ({ exempt }) => exempt || undefined,
  ),
  cluster.gauge(
    'pit_enabled',
    '1 with continuous (point-in-time) backup. Cached; absent for flex, and after max_staleness without a good read.',
    ({ cluster, state }) => (state === 'expired' ? undefined : cluster.pitEnabled),
  ),
  snapshots.by(
    'snapshots',
    'Snapshots listed now, by status. Cached; absent before the first good read and after max_staleness without one. Status other appears only for a status this version does not know.',
    ['status', statusValues],
    ({ current }, status) =>
      status === 'other' ? current?.counts.other || undefined : current?.counts[status],
  ),
  snapshots.gauge(
    'snapshots_incomplete',
    'Snapshots queued or in progress now. Cached; absent before the first good read and after max_staleness without one.',
    ({ current }) => current && current.counts.queued + current.counts.in_progress,
  ),
  snapshots.gauge(
    'snapshot_last_completed_timestamp_seconds',
    'When the newest completed snapshot was taken. Cached; absent when none is completed.',
    ({ known }) => known?.newestCompleted?.takenAt,
  ),
  snapshots.since(
    'snapshot_last_completed_age_seconds',
    'Age of the newest completed snapshot at this scrape, computed from the cached timestamp. Absent when none is completed.',
    ({ known }) => known?.newestCompleted?.takenAt,
  ),
  snapshots.gauge(
    'snapshot_last_completed_expiry_timestamp_seconds',
    'When the newest completed snapshot will be deleted. Cached; absent when none is completed or it is kept forever.',
    ({ known }) => known?.newestCompleted?.expiresAt,
  ),
  snapshots.until(
    'snapshot_last_completed_expires_in_seconds',
    'Time left at this scrape until the newest completed snapshot is deleted, computed from the cached timestamp; negative once passed. Absent when none is completed or it is kept forever.',
    ({ known }) => known?.newestCompleted?.expiresAt,
  ),
  snapshots.gauge(
    'snapshot_last_completed_size_bytes',
    'Storage size of the newest completed snapshot; legacy: the sum of its parts. Cached; absent when none is completed, for flex, and after max_staleness without a good read.',
    ({ current }) => current?.newestCompleted?.sizeBytes,
  ),
  snapshots.info(
    'snapshot_last_completed_info',
    'Properties of the newest completed snapshot; constant 1. Cached; absent when none is completed and after max_staleness without a good read.',
    {
      source: snapshotSources,
      snapshot_type: snapshotTypes,
      frequency: frequencies,
      cloud_provider: cloudProviders,
      mongodb_version: 'open',
      encrypted: ['true', 'false'],
    },
    ({ current }) =>
      current?.newestCompleted && {
        source: current.newestCompleted.source,
        snapshot_type: current.newestCompleted.type ?? '',
        frequency: current.newestCompleted.frequency ?? '',
        cloud_provider: current.newestCompleted.cloudProvider ?? '',
        mongodb_version: current.newestCompleted.mongodbVersion ?? '',
        encrypted: current.newestCompleted.encrypted?.toString() ?? '',
      },
  ),
  snapshots.gauge(
    'snapshot_last_finished_success',
    '1 if the newest snapshot to end completed, 0 if it failed. Cached; absent when none has ended and after max_staleness without a good read.',
    ({ current }) => current?.lastFinishedSucceeded,
  ),
  snapshots.gauge(
    'snapshot_last_failed_timestamp_seconds',
    'When the newest failed snapshot that is still listed was requested. Cached; absent when none is listed.',
    ({ known }) => known?.lastFailedAt,
  ),
  snapshots.gauge(
    'snapshot_pending_since_timestamp_seconds',
    'When the oldest snapshot that is queued or in progress was requested. Cached; absent when nothing is pending and after max_staleness without a good read.',
    ({ current }) => current?.pendingSince,
  ),
  snapshots.gauge(
    'snapshot_last_fallback_timestamp_seconds',
    'When the newest completed fallback snapshot was taken. Cached; absent when none is listed.',
    ({ known }) => known?.lastFallbackAt,
  ),
  snapshots.gauge(
    'snapshot_last_duration_seconds',
    'How long the newest completed snapshot took: exact for flex and legacy, otherwise observed between polls. Cached; absent when no full run was observed and after max_staleness without a good read.',
    ({ current, history }) => current && lastDurationSeconds(current, history),
  ),
  snapshots.gauge(
    'snapshot_oldest_completed_timestamp_seconds',
    'When the oldest completed snapshot was taken: how far back a restore can go. Cached; absent when none is completed.',
    ({ known }) => known?.oldestCompletedAt,
  ),
  snapshots.gauge(
    'recoverable_until_timestamp_seconds',
    'When the last restorable snapshot is deleted if no more is taken. Cached; absent when none is completed or one is kept forever.',
    ({ known }) => known?.recoverableUntil,
  ),
  snapshots.gauge(
    'snapshots_size_bytes',
    'Sum of the storage sizes of the completed snapshots; not the billed size. Cached; absent for flex, before the first good read and after max_staleness without one.',
    ({ cluster, current }) =>
      cluster.topology === 'flex' ? undefined : current?.completedSizeBytes,
  ),
  snapshots.gauge(
    'snapshot_size_ratio',
    'Size of the newest completed snapshot over the median of up to 8 earlier ones of its frequency. Cached; absent with fewer than 4 earlier ones, for flex, and after max_staleness without a good read.',
    ({ current }) => current?.sizeRatio,
  ),
  snapshots.gauge(
    'snapshot_previous_size_ratio',
    'The metric snapshot_size_ratio for the completed snapshot before the newest of its frequency. Cached; absent under the same conditions.',
    ({ current }) => current?.previousSizeRatio,
  ),
  snapshots.gauge(
    'snapshot_rejected_future_timestamp_seconds',
    'Latest date, more than 15 minutes ahead, at which a completed snapshot claims to have been taken; all other metrics ignore it. Cached; absent when there is none.',
    ({ known }) => known?.listing.rejectedFutureAt,
  ),
  snapshots.counter(
    'snapshots_vanished_total',
    'Completed snapshots that disappeared before their expiry, between two good reads.',
    ({ history }) => history.vanished,
  ),
  snapshots.counter(
    'snapshot_retention_reductions_total',
    'Times the expiry of a completed snapshot was moved to an earlier time.',
    ({ history }) => history.retentionReductions,
  ),
  snapshots.gauge(
    'refresh_last_success_timestamp_seconds',
    'When the snapshots of this cluster were last read in full. Absent when never read.',
    ({ backups }) => lastReadAt(backups),
  ),
  snapshots.gauge(
    'refresh_success',
    '1 if the last attempt to read the snapshots of this cluster worked; 0 before the first.',
    ({ backups }) => backups.kind === 'fresh',
  ),
  cluster.by(
    'collector_refresh_success',
    '1 if the last attempt of this collector to read the cluster worked. Absent where it does not read the cluster, and before its first attempt.',
    ofCollector,
    ({ collected }, name) => {
      const collection = collected[name];
      return collection && collection.observed.kind === 'fresh';
    },
  ),
  cluster.by(
    'collector_refresh_last_success_timestamp_seconds',
    'When this collector last read the cluster in full. Absent where it does not read the cluster, and when it never did.',
    ofCollector,
    ({ collected }, name) => lastReadAt(collected[name]?.observed ?? pending),
  ),
];
