import { completedOf, type Past } from './naive-past.ts';
import { type RawCluster, sizesOf } from './raw-replies.ts';

/** Adds a series of the cluster at hand; none when the value is no number. */
export type Add = (
  name: string,
  value: number | undefined,
  labels?: Readonly<Record<string, string>>,
) => void;

/** What is known before the schedule is looked at. */
export function addCluster(
  add: Add,
  past: Past,
  account: string,
  current: boolean,
  scrapedAt: number,
): void {
  const { project, snapshots } = past;
  const { cluster, isFlex } = past.backups;

  add('cluster_info', 1, { ...infoOf(cluster, isFlex), org_id: project.orgId, account });
  add('cluster_created_timestamp_seconds', Date.parse(cluster.createDate) / 1000);
  add('enabled', Number(past.on));
  if (!isFlex && current) {
    add('cluster_paused', Number(cluster.paused));
    add('pit_enabled', Number(cluster.pitEnabled));
  }
  add('refresh_success', Number(past.worked));
  add('refresh_last_success_timestamp_seconds', past.readAt);
  add('snapshots_vanished_total', past.vanished);
  add('snapshot_retention_reductions_total', past.reductions);

  const completed = completedOf(snapshots);
  const newest = completed.at(-1);
  if (newest !== undefined) {
    add('snapshot_last_completed_timestamp_seconds', newest.taken);
    add('snapshot_last_completed_age_seconds', scrapedAt - newest.taken);
    add('snapshot_last_completed_expiry_timestamp_seconds', newest.expires);
    add('snapshot_last_completed_expires_in_seconds', newest.expires - scrapedAt);
    add('snapshot_oldest_completed_timestamp_seconds', completed[0]?.taken);
    add(
      'recoverable_until_timestamp_seconds',
      Math.max(...completed.map(({ expires }) => expires)),
    );
  }
  const ofStatus = (status: string) => snapshots.filter((one) => one.status === status);
  const failed = ofStatus('failed');
  if (failed.length > 0) {
    add('snapshot_last_failed_timestamp_seconds', Math.max(...failed.map((one) => one.requested)));
  }
  const fallbacks = completed.filter(({ fallback }) => fallback);
  add('snapshot_last_fallback_timestamp_seconds', fallbacks.at(-1)?.taken);
  if (!current) return;

  for (const status of ['queued', 'in_progress', 'completed', 'failed']) {
    add('snapshots', ofStatus(status).length, { status });
  }
  const pending = [...ofStatus('queued'), ...ofStatus('in_progress')];
  add('snapshots_incomplete', pending.length);
  if (pending.length > 0) {
    add(
      'snapshot_pending_since_timestamp_seconds',
      Math.min(...pending.map((one) => one.requested)),
    );
  }
  const ended = [...completed, ...failed].sort((a, b) => a.requested - b.requested).at(-1);
  if (ended !== undefined) {
    add('snapshot_last_finished_success', Number(ended.status === 'completed'));
  }
  if (!isFlex) {
    add(
      'snapshots_size_bytes',
      completed.reduce((sum, { size }) => sum + (size ?? 0), 0),
    );
  }
  if (newest === undefined) return;
  add('snapshot_last_completed_size_bytes', newest.size);
  add('snapshot_last_completed_info', 1, newest.info);
  const alike = completed.filter(({ kind, size }) => kind === newest.kind && size !== undefined);
  const [last, ...sizes] = alike.map(({ size = 0 }) => size).reverse();
  if (newest.size !== undefined) add('snapshot_size_ratio', ratio(last, sizes));
  add('snapshot_previous_size_ratio', ratio(sizes[0], sizes.slice(1)));
  if (newest.finished !== undefined) {
    add('snapshot_last_duration_seconds', newest.finished - newest.taken);
  } else if (past.watched?.id === newest.id) {
    add('snapshot_last_duration_seconds', past.watched.seconds);
  }
}

/** To the median of up to eight before it, newest first; with fewer than four there is none. */
function ratio(size: number | undefined, earlier: readonly number[]): number | undefined {
  const sizes = earlier.slice(0, 8);
  if (size === undefined || sizes.length < 4) return undefined;
  sizes.sort((a, b) => a - b);
  const lower = sizes[Math.floor((sizes.length - 1) / 2)] ?? 0;
  const upper = sizes[Math.ceil((sizes.length - 1) / 2)] ?? 0;
  return size / ((lower + upper) / 2);
}

function infoOf(cluster: RawCluster, isFlex: boolean): Record<string, string> {
  const specs = (cluster.replicationSpecs ?? []).flatMap(({ regionConfigs = [] }) => regionConfigs);
  const settings = cluster.providerSettings;
  const providers = new Set(
    [...specs, ...(settings === undefined ? [] : [settings])].map(
      (one) => one.backingProviderName ?? one.providerName,
    ),
  );
  const topologies: Record<string, string> = {
    REPLICASET: 'replica_set',
    SHARDED: 'sharded',
    GEOSHARDED: 'geosharded',
  };
  return {
    topology: isFlex ? 'flex' : (topologies[cluster.clusterType] ?? ''),
    instance_size: isFlex ? 'FLEX' : (sizesOf(cluster)[0] ?? ''),
    cloud_provider: providers.size === 1 ? ([...providers][0] ?? '') : 'multiple',
    mongodb_version: cluster.mongoDBVersion,
  };
}
