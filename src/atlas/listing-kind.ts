import type { Cluster } from '../domain/cluster.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { newFindings } from './decode/decoding.ts';
import { type Endpoint, endpoints, type PathParameters } from './endpoints.ts';
import type { Listing } from './listing.ts';
import { AtlasError } from './transport/failure.ts';

/** The three listings of backups, by what they list. */
type ListingKind = 'replica_set' | 'sharded' | 'flex';

const kinds: Readonly<Record<Cluster['topology'], ListingKind>> = {
  flex: 'flex',
  sharded: 'sharded',
  geosharded: 'sharded',
  replica_set: 'replica_set',
  other: 'replica_set',
};

/** The listing that a cluster's topology calls for. */
export const listingKindOf = ({ topology }: Pick<Cluster, 'topology'>): ListingKind =>
  kinds[topology];

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

/** Asks for a listing of snapshots: for all of it, or only when it is not known already. */
export type ListSnapshots<R> = <P extends string>(
  endpoint: Endpoint<Snapshot, P, 'list' | 'unpaged'>,
  parameters: PathParameters<P>,
) => Promise<R>;

/** Every snapshot of one kind of a cluster. @throws AtlasError */
export function listKind<R>(
  list: ListSnapshots<R>,
  kind: ListingKind,
  { projectId: groupId, name }: Pick<Cluster, 'projectId' | 'name'>,
): Promise<R> {
  const named = { groupId, clusterName: name };
  switch (kind) {
    case 'flex':
      return list(endpoints.flexSnapshots, { groupId, name });
    case 'sharded':
      return list(endpoints.shardedSnapshots, named);
    case 'replica_set':
      return list(endpoints.snapshots, named);
  }
}

/**
 * Every snapshot of a cluster but the legacy ones; none when backup is off and Atlas says so. When
 * Atlas points to another kind, that is listed, and `onKindChanged` is told. @throws AtlasError
 */
export async function listBackups<R>(
  list: ListSnapshots<R>,
  cluster: Cluster,
  onKindChanged: () => void = () => undefined,
): Promise<R | Listing<Snapshot>> {
  const kind = listingKindOf(cluster);
  try {
    return await listKind(list, kind, cluster);
  } catch (error) {
    if (!cluster.backupEnabled && saysNoBackup(error)) return noSnapshots;
    const other = otherListingKind(error, kind);
    if (other === undefined) throw error;
    onKindChanged();
    return listKind(list, other, cluster);
  }
}

/** The legacy snapshots of a cluster; none when it has no legacy backup. @throws AtlasError */
export async function listLegacy<R>(
  list: ListSnapshots<R>,
  { projectId: groupId, name: clusterName }: Cluster,
): Promise<R | Listing<Snapshot>> {
  try {
    return await list(endpoints.legacySnapshots, { groupId, clusterName });
  } catch (error) {
    if (saysNoBackup(error)) return noSnapshots;
    throw error;
  }
}

const noSnapshots: Listing<Snapshot> = { kind: 'read', items: [], findings: newFindings(0) };

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
