import type { UnixSeconds } from '../../domain/time.ts';
import { listedDate } from '../api/dates.ts';
import { type Api, clusterLink, selfLink } from '../api/links.ts';
import { objectId } from '../world/random.ts';
import { expiresAt, type SnapshotTimeline, statusAt } from '../world/snapshot-timelines.ts';
import type { Cluster } from '../world/world.ts';
import { copiedFrequencies } from './schedule.ts';

/** A snapshot of a replica set. Keys that Atlas leaves out in a state are undefined here. */
export function replicaSetSnapshot(
  api: Api,
  cluster: Cluster,
  timeline: SnapshotTimeline,
  now: UnixSeconds,
): object {
  const providerKnown = now >= timeline.providerKnownAt;
  return {
    cloudProvider: providerKnown ? cluster.regions[0].provider : undefined,
    copyRegions: isCopied(timeline, now) ? cluster.copyRegions : [],
    ...common(cluster, timeline, now),
    links: links(api, cluster, 'snapshots', timeline.id),
    replicaSetName: cluster.name,
    type: 'replicaSet',
  };
}

/** A snapshot of a sharded or geosharded cluster: one member a shard. */
export function shardedSnapshot(
  api: Api,
  cluster: Cluster,
  timeline: SnapshotTimeline,
  now: UnixSeconds,
): object {
  const known = now >= timeline.providerKnownAt;
  const members = known ? membersOf(cluster, timeline) : [];
  return {
    configServerType: 'EMBEDDED',
    ...common(cluster, timeline, now),
    links: links(api, cluster, 'shardedCluster', timeline.id),
    members,
    snapshotIds: members.map(({ id }) => id),
    type: 'shardedCluster',
  };
}

/** The schedule copies what is daily or weekly, once it is there. */
function isCopied(timeline: SnapshotTimeline, now: UnixSeconds): boolean {
  const copied = timeline.firing?.items.some((item) =>
    copiedFrequencies.includes(item.frequencyType),
  );
  return copied === true && statusAt(timeline, now) === 'completed';
}

function common(cluster: Cluster, timeline: SnapshotTimeline, now: UnixSeconds): object {
  const status = statusAt(timeline, now);
  const completed = status === 'completed';
  return {
    createdAt: completed ? listedDate(timeline.takenAt) : undefined,
    description: timeline.onDemand?.description,
    expiresAt: listedDate(expiresAt(timeline, now)),
    // Outside the published list of values, and on every recorded on-demand snapshot.
    frequencyType: timeline.firing?.items.at(-1)?.frequencyType ?? 'ondemand',
    id: timeline.id,
    masterKeyUUID: cluster.masterKey,
    mongodVersion: now >= timeline.versionKnownAt ? cluster.mongodbVersion : undefined,
    policyItems: timeline.firing?.items.map(({ id }) => id) ?? [],
    snapshotType: snapshotType(timeline),
    status,
    // Until it has completed the size is 0, not absent.
    storageSizeBytes: completed ? timeline.sizeBytes : 0,
  };
}

function snapshotType(timeline: SnapshotTimeline): 'onDemand' | 'fallback' | 'scheduled' {
  if (timeline.onDemand !== undefined) return 'onDemand';
  return timeline.fallback ? 'fallback' : 'scheduled';
}

function membersOf(cluster: Cluster, timeline: SnapshotTimeline) {
  return Array.from({ length: cluster.shards }, (_, shard) => ({
    cloudProvider: (cluster.regions[shard % cluster.regions.length] ?? cluster.regions[0]).provider,
    id: objectId(timeline.requestedAt, cluster.seed + shard + 1),
    replicaSetName: `atlas-${cluster.id.slice(-6)}-shard-${shard}`,
  }));
}

function links(api: Api, cluster: Cluster, list: 'snapshots' | 'shardedCluster', id: string) {
  const parent = `/groups/${cluster.projectId}/clusters/${cluster.name}`;
  const path = list === 'snapshots' ? 'snapshots' : 'snapshots/shardedCluster';
  return [selfLink(api, `${parent}/backup/${path}/${id}`), clusterLink(api, parent)];
}
