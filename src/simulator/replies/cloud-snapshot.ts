import type { UnixSeconds } from '../../domain/time.ts';
import { listedDate } from '../dates.ts';
import { expiresAt, type Life, statusAt } from '../lives.ts';
import { objectId } from '../random.ts';
import type { Cluster } from '../world.ts';
import { type Api, clusterLink, selfLink } from './links.ts';
import { copiedFrequencies } from './schedule.ts';

/** A snapshot of a replica set. Keys that Atlas leaves out in a state are undefined here. */
export function replicaSetSnapshot(
  api: Api,
  cluster: Cluster,
  life: Life,
  now: UnixSeconds,
): object {
  const providerKnown = now >= life.providerKnownAt;
  return {
    cloudProvider: providerKnown ? cluster.regions[0].provider : undefined,
    copyRegions: isCopied(life, now) ? cluster.copyRegions : [],
    ...common(cluster, life, now),
    links: links(api, cluster, 'snapshots', life.id),
    replicaSetName: cluster.name,
    type: 'replicaSet',
  };
}

/** A snapshot of a sharded or geosharded cluster: one member a shard. */
export function shardedSnapshot(api: Api, cluster: Cluster, life: Life, now: UnixSeconds): object {
  const known = now >= life.providerKnownAt;
  const members = known ? membersOf(cluster, life) : [];
  return {
    configServerType: 'EMBEDDED',
    ...common(cluster, life, now),
    links: links(api, cluster, 'shardedCluster', life.id),
    members,
    snapshotIds: members.map(({ id }) => id),
    type: 'shardedCluster',
  };
}

/** The schedule copies what is daily or weekly, once it is there. */
function isCopied(life: Life, now: UnixSeconds): boolean {
  const copied = life.firing?.items.some((item) => copiedFrequencies.includes(item.frequencyType));
  return copied === true && statusAt(life, now) === 'completed';
}

function common(cluster: Cluster, life: Life, now: UnixSeconds): object {
  const status = statusAt(life, now);
  const completed = status === 'completed';
  return {
    createdAt: completed ? listedDate(life.takenAt) : undefined,
    description: life.onDemand?.description,
    expiresAt: listedDate(expiresAt(life, now)),
    // Outside the published list of values, and on every recorded on-demand snapshot.
    frequencyType: life.firing?.items.at(-1)?.frequencyType ?? 'ondemand',
    id: life.id,
    masterKeyUUID: cluster.masterKey,
    mongodVersion: now >= life.versionKnownAt ? cluster.mongodbVersion : undefined,
    policyItems: life.firing?.items.map(({ id }) => id) ?? [],
    snapshotType: snapshotType(life),
    status,
    // Until it has completed the size is 0, not absent.
    storageSizeBytes: completed ? life.sizeBytes : 0,
  };
}

function snapshotType(life: Life): 'onDemand' | 'fallback' | 'scheduled' {
  if (life.onDemand !== undefined) return 'onDemand';
  return life.fallback ? 'fallback' : 'scheduled';
}

function membersOf(cluster: Cluster, life: Life) {
  return Array.from({ length: cluster.shards }, (_, shard) => ({
    cloudProvider: (cluster.regions[shard % cluster.regions.length] ?? cluster.regions[0]).provider,
    id: objectId(life.requestedAt, cluster.seed + shard + 1),
    replicaSetName: `atlas-${cluster.id.slice(-6)}-shard-${shard}`,
  }));
}

function links(api: Api, cluster: Cluster, list: 'snapshots' | 'shardedCluster', id: string) {
  const parent = `/groups/${cluster.projectId}/clusters/${cluster.name}`;
  const path = list === 'snapshots' ? 'snapshots' : 'snapshots/shardedCluster';
  return [selfLink(api, `${parent}/backup/${path}/${id}`), clusterLink(api, parent)];
}
