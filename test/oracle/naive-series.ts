import { type NaiveSnapshot, snapshotsOf } from './naive-snapshot.ts';
import {
  type RawBackups,
  type RawCluster,
  type RawProject,
  type RawReading,
  sizesOf,
} from './raw-replies.ts';

/** Every series by its name and labels. */
export type Series = Map<string, number>;

export function seriesKey(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  return `${name} ${JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}

/** What earlier readings leave behind of one cluster. */
type Past = {
  project: RawProject;
  backups: RawBackups;
  snapshots: NaiveSnapshot[];
  readAt: number;
  worked: boolean;
  doubted: boolean;
  missing: number;
  vanished: number;
  reductions: number;
  watched: { id: string; seconds: number } | undefined;
};

const staleAfter = 3600;

/**
 * The catalogue of metrics read naively: from the raw replies of each poll in turn to the series
 * that a scrape should show. Only what the simulator can answer is thought of.
 */
export function naiveReader(account: string) {
  const known = new Map<string, Past>();
  let projects: RawReading = [];
  let polledAt = 0;

  return {
    poll(reading: RawReading, now: number): void {
      projects = reading;
      polledAt = now;
      const listed = new Set<string>();
      for (const { project, clusters } of reading) {
        for (const backups of clusters) {
          const key = `${project.id}/${backups.cluster.name}`;
          listed.add(key);
          const before = known.get(key);
          const same = before?.backups.cluster.id === backups.cluster.id ? before : undefined;
          known.set(key, read(project, backups, same, now));
        }
      }
      for (const [key, past] of known) {
        past.missing = listed.has(key) ? 0 : past.missing + 1;
        if (past.missing === 2) known.delete(key);
      }
    },

    series(scrapedAt: number): Series {
      const series: Series = new Map();
      for (const { project, clusters } of projects) {
        const identity = { project_id: project.id, project: project.name };
        const add = (name: string, value: number, labels = {}) =>
          series.set(seriesKey(`mongodbatlas_backup_${name}`, { ...identity, ...labels }), value);
        add('project_info', 1, { org_id: project.orgId, account });
        add('project_clusters', clusters.length);
        add('project_refresh_success', 1);
        add('project_refresh_last_success_timestamp_seconds', polledAt);
      }
      for (const past of known.values()) addCluster(series, past, account, polledAt, scrapedAt);
      return series;
    },
  };
}

function read(
  project: RawProject,
  backups: RawBackups,
  before: Past | undefined,
  now: number,
): Past {
  const snapshots = snapshotsOf(backups);
  const first = {
    snapshots,
    vanished: 0,
    reductions: 0,
    watched: undefined,
  };
  const newly = { project, backups, readAt: now, worked: true, doubted: false, missing: 0 };
  if (before === undefined) return { ...newly, ...first };
  const known = newestOf(before.snapshots);
  const newest = newestOf(snapshots);
  const lost = known !== undefined && known.expires > now && known.taken > (newest?.taken ?? 0);
  if (lost && !before.doubted) {
    return { ...before, project, backups, worked: false, doubted: true, missing: 0 };
  }
  let { vanished, reductions, watched } = before;
  for (const old of before.snapshots) {
    if (old.status !== 'completed') continue;
    const still = snapshots.find(({ id }) => id === old.id);
    if (still === undefined && old.expires > now) vanished += 1;
    if (still !== undefined && still.expires < old.expires) reductions += 1;
  }
  if (newest?.id !== watched?.id) {
    const pending = before.snapshots.find(({ id }) => id === newest?.id);
    watched =
      newest !== undefined && pending !== undefined && pending.status !== 'completed'
        ? { id: newest.id, seconds: now - newest.requested }
        : undefined;
  }
  return { ...newly, snapshots, vanished, reductions, watched };
}

function newestOf(snapshots: NaiveSnapshot[]): NaiveSnapshot | undefined {
  return completedOf(snapshots).at(-1);
}

/** Oldest first. */
function completedOf(snapshots: NaiveSnapshot[]): NaiveSnapshot[] {
  return snapshots.filter(({ status }) => status === 'completed').sort((a, b) => a.taken - b.taken);
}

function addCluster(
  series: Series,
  past: Past,
  account: string,
  polledAt: number,
  scrapedAt: number,
): void {
  const { project, snapshots } = past;
  const { cluster, isFlex } = past.backups;
  const identity = { project_id: project.id, project: project.name, cluster: cluster.name };
  const add = (name: string, value: number | undefined, labels = {}) => {
    if (value === undefined || !Number.isFinite(value)) return;
    series.set(seriesKey(`mongodbatlas_backup_${name}`, { ...identity, ...labels }), value);
  };
  const current = polledAt - past.readAt <= staleAfter;

  add('cluster_info', 1, { ...infoOf(cluster, isFlex), org_id: project.orgId, account });
  add('cluster_created_timestamp_seconds', Date.parse(cluster.createDate) / 1000);
  add('enabled', Number(isBackedUp(cluster, isFlex)));
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
  add('snapshot_size_ratio', ratio(newest, completed));
  if (newest.finished !== undefined) {
    add('snapshot_last_duration_seconds', newest.finished - newest.taken);
  } else if (past.watched?.id === newest.id) {
    add('snapshot_last_duration_seconds', past.watched.seconds);
  }
}

function ratio(newest: NaiveSnapshot, completed: NaiveSnapshot[]): number | undefined {
  if (newest.size === undefined) return undefined;
  const earlier = completed.filter(({ kind, id }) => kind === newest.kind && id !== newest.id);
  const sizes = earlier.slice(-8).map(({ size }) => size ?? 0);
  if (sizes.length < 4) return undefined;
  sizes.sort((a, b) => a - b);
  const lower = sizes[Math.floor((sizes.length - 1) / 2)] ?? 0;
  const upper = sizes[Math.ceil((sizes.length - 1) / 2)] ?? 0;
  return newest.size / ((lower + upper) / 2);
}

/** API v2 tells of both kinds of backup together, v1.0 of each apart. */
function isBackedUp(cluster: RawCluster, isFlex: boolean): boolean {
  if (isFlex) return cluster.backupSettings?.enabled === true;
  return cluster.backupEnabled === true || cluster.providerBackupEnabled === true;
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
