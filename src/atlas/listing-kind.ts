import type { Cluster } from '../domain/cluster.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { AtlasClient, Fingerprinting } from './client.ts';
import { newFindings } from './decode/decoding.ts';
import { endpoints } from './endpoints.ts';
import type { Listing } from './listing.ts';
import type { Deadline } from './transport/deadline.ts';
import { AtlasError } from './transport/failure.ts';

/** The three listings of backups, by what they list. */
export type ListingKind = 'replica_set' | 'sharded' | 'flex';

/** The listing that a cluster's topology calls for. */
export function listingKindOf({ topology }: Pick<Cluster, 'topology'>): ListingKind {
  switch (topology) {
    case 'flex':
      return 'flex';
    case 'sharded':
    case 'geosharded':
      return 'sharded';
    case 'replica_set':
    case 'other':
      return 'replica_set';
  }
}

/** The listing that Atlas's refusal points to; undefined when the error is about something else. */
export function otherListingKind(error: unknown, asked: ListingKind): ListingKind | undefined {
  if (!(error instanceof AtlasError) || error.status !== 400) return undefined;
  switch (error.code) {
    case 'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API':
      return 'flex';
    case 'CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API':
      return 'replica_set';
    case 'INCORRECT_BACKUP_API_ENDPOINT':
      return asked === 'sharded' ? 'replica_set' : 'sharded';
    default:
      return undefined;
  }
}

/** Every snapshot of one kind of a cluster. @throws AtlasError, unchanged */
export function listKind(
  client: AtlasClient,
  kind: ListingKind,
  { projectId: groupId, name }: Pick<Cluster, 'projectId' | 'name'>,
  patience: Deadline,
  by?: Fingerprinting,
): Promise<Listing<Snapshot>> {
  const named = { groupId, clusterName: name };
  switch (kind) {
    case 'flex':
      return client.list(endpoints.flexSnapshots, { groupId, name }, patience, by);
    case 'sharded':
      return client.list(endpoints.shardedSnapshots, named, patience, by);
    case 'replica_set':
      return client.list(endpoints.snapshots, named, patience, by);
  }
}

/**
 * Every snapshot of a cluster but the legacy ones; none when backup is off and Atlas says so. When
 * Atlas points to another kind, that is listed, and `onKindChanged` is told. @throws AtlasError, unchanged
 */
export async function listBackups(
  client: AtlasClient,
  cluster: Cluster,
  patience: Deadline,
  onKindChanged: () => void = () => undefined,
  by?: Fingerprinting,
): Promise<Listing<Snapshot>> {
  const kind = listingKindOf(cluster);
  try {
    return await listKind(client, kind, cluster, patience, by);
  } catch (error) {
    if (!cluster.backupEnabled && saysNoBackup(error)) return noSnapshots;
    const other = otherListingKind(error, kind);
    if (other === undefined) throw error;
    onKindChanged();
    return listKind(client, other, cluster, patience);
  }
}

/** The legacy snapshots of a cluster; none when it has no legacy backup. @throws AtlasError, unchanged */
export async function listLegacy(
  client: AtlasClient,
  { projectId: groupId, name: clusterName }: Cluster,
  patience: Deadline,
  by?: Fingerprinting,
): Promise<Listing<Snapshot>> {
  try {
    return await client.list(endpoints.legacySnapshots, { groupId, clusterName }, patience, by);
  } catch (error) {
    if (saysNoBackup(error)) return noSnapshots;
    throw error;
  }
}

const noSnapshots: Listing<Snapshot> = { items: [], findings: newFindings(0) };

/** Codes that say: there is no backup here, so there are no snapshots. */
export function saysNoBackup(error: unknown): boolean {
  return (
    error instanceof AtlasError &&
    (error.code === 'BACKUP_CONFIG_NOT_FOUND' || error.code === 'BACKUP_JOB_NOT_FOUND')
  );
}

/** Atlas's documentation: clusters made from this day on never had legacy backup. */
const legacyEnded: UnixSeconds = Date.UTC(2020, 2, 23) / 1000;

export type LegacyPolicy = 'auto' | 'always' | 'never';

/** Whether a cluster can have legacy snapshots, which have a listing of their own. */
export function mayHaveLegacy({ topology, createdAt }: Cluster, policy: LegacyPolicy): boolean {
  if (policy === 'never' || topology === 'flex') return false;
  return policy === 'always' || (createdAt !== undefined && createdAt < legacyEnded);
}
