import { listedDate } from '../api/dates.ts';
import { clusterLink, clusterPath, selfLink } from '../api/links.ts';
import { page } from '../api/paging.ts';
import { cloudBackups } from '../api/rate-limits.ts';
import { type ErrorKind, RefusedRequest } from '../api/reply.ts';
import type { Call, Route } from '../api/route.ts';
import { firstVersion } from '../api/versions.ts';
import { objectId } from '../world/random.ts';
import {
  expiresAt,
  type SnapshotTimeline,
  statusAt,
  timelinesAt,
} from '../world/snapshot-timelines.ts';
import type { Cluster } from '../world/world.ts';
import { isSharded } from './cluster-parts.ts';
import { dedicatedCluster, namedSnapshot } from './clusters.ts';
import { copiedFrequencies } from './schedule.ts';

const shared = { versions: firstVersion, limit: cloudBackups };
const all = '/groups/:groupId/clusters/:clusterName/backup/snapshots';

export const cloudSnapshotRoutes: readonly Route[] = [
  { ...shared, path: all, answer: snapshots },
  // Before the route with an id, which it would be taken for.
  { ...shared, path: `${all}/shardedClusters`, answer: shardedSnapshots },
  { ...shared, path: `${all}/:id`, answer: (call) => oneSnapshot(call, false) },
  { ...shared, path: `${all}/shardedCluster/:id`, answer: (call) => oneSnapshot(call, true) },
];

const freeCluster: ErrorKind =
  '400 PROVIDER_BACKUP_NOT_SUPPORTED Cluster {0} does not support backups.';
const wrongTopology: ErrorKind =
  '400 INCORRECT_BACKUP_API_ENDPOINT Incorrect backup API endpoint for cluster {0}. Use {1} instead.';

function snapshots(call: Call): object {
  const it = clusterOf(call, false);
  return page(call, timelinesAt(it, it.cloud, call.now), (timeline) =>
    snapshot(call, it, timeline),
  );
}

/** Takes no paging parameters, unlike all other listings. */
function shardedSnapshots(call: Call): object {
  const it = clusterOf(call, true);
  const results = timelinesAt(it, it.cloud, call.now).map((timeline) =>
    snapshot(call, it, timeline),
  );
  return { links: [selfLink(call.api, call.path)], results, totalCount: results.length };
}

function oneSnapshot(call: Call, sharded: boolean): object {
  const it = clusterOf(call, sharded);
  return snapshot(call, it, namedSnapshot(call, it, timelinesAt(it, it.cloud, call.now)));
}

/** @throws RefusedRequest a replica set through the path of sharded clusters, or the reverse */
function clusterOf(call: Call, sharded: boolean): Cluster {
  const it = dedicatedCluster(call);
  if (it.kind === 'free') throw new RefusedRequest(freeCluster, it.name);
  if (isSharded(it) === sharded) return it;
  const rightPath = `backup/snapshots${sharded ? '' : '/shardedClusters'}`;
  throw new RefusedRequest(wrongTopology, it.name, rightPath);
}

/** Keys that Atlas leaves out in a state are undefined here. */
export function snapshot(
  { api, now }: Pick<Call, 'api' | 'now'>,
  it: Cluster,
  timeline: SnapshotTimeline,
): object {
  const { id, firing, onDemand } = timeline;
  const status = statusAt(timeline, now);
  const completed = status === 'completed';
  const sharded = isSharded(it);
  const path = clusterPath(it);
  const self = `${path}/backup/snapshots${sharded ? '/shardedCluster' : ''}/${id}`;
  return {
    ...(sharded ? shardedFields(it, timeline, now) : replicaSetFields(it, timeline, now)),
    createdAt: completed ? listedDate(timeline.takenAt) : undefined,
    description: onDemand?.description,
    expiresAt: listedDate(expiresAt(timeline, now)),
    // Outside the published list of values, and on every recorded on-demand snapshot.
    frequencyType: firing?.items.at(-1)?.frequencyType ?? 'ondemand',
    id,
    links: [selfLink(api, self), clusterLink(api, path)],
    masterKeyUUID: it.masterKey,
    mongodVersion: now >= timeline.versionKnownAt ? it.mongodbVersion : undefined,
    policyItems: firing?.items.map((item) => item.id) ?? [],
    snapshotType:
      onDemand !== undefined ? 'onDemand' : timeline.fallback ? 'fallback' : 'scheduled',
    status,
    // Until it has completed the size is 0, not absent.
    storageSizeBytes: completed ? timeline.sizeBytes : 0,
  };
}

function replicaSetFields(it: Cluster, timeline: SnapshotTimeline, now: number): object {
  // The schedule copies what is daily or weekly, once it is there.
  const copied = timeline.firing?.items.some((item) =>
    copiedFrequencies.includes(item.frequencyType),
  );
  return {
    cloudProvider: now >= timeline.providerKnownAt ? it.regions[0].provider : undefined,
    copyRegions: copied && statusAt(timeline, now) === 'completed' ? it.copyRegions : [],
    replicaSetName: it.name,
    type: 'replicaSet',
  };
}

/** One member a shard. */
function shardedFields(it: Cluster, timeline: SnapshotTimeline, now: number): object {
  const known = now >= timeline.providerKnownAt;
  const members = Array.from({ length: known ? it.shards : 0 }, (_, shard) => ({
    cloudProvider: (it.regions[shard % it.regions.length] ?? it.regions[0]).provider,
    id: objectId(timeline.requestedAt, it.seed + shard + 1),
    replicaSetName: `atlas-${it.id.slice(-6)}-shard-${shard}`,
  }));
  return {
    configServerType: 'EMBEDDED',
    members,
    snapshotIds: members.map(({ id }) => id),
    type: 'shardedCluster',
  };
}
