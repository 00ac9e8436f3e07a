import type { UnixSeconds } from '../../domain/time.ts';
import { listedDate } from '../api/dates.ts';
import { type Api, clusterLink, selfLink } from '../api/links.ts';
import { expiresAt, type SnapshotTimeline, statusAt } from '../world/snapshot-timelines.ts';
import type { Cluster } from '../world/world.ts';

/** A snapshot of the backups of before 2020. `incremental` and `completedTime` came with v2. */
export function legacySnapshot(
  api: Api,
  cluster: Cluster,
  timeline: SnapshotTimeline,
  now: UnixSeconds,
): object {
  const parent = `/groups/${cluster.projectId}/clusters/${cluster.name}`;
  const expiry = expiresAt(timeline, now);
  const doNotDelete = !Number.isFinite(expiry);
  return {
    clusterId: cluster.id,
    clusterName: cluster.name,
    complete: isComplete(timeline, now),
    created: { date: listedDate(timeline.takenAt), increment: 1 },
    doNotDelete,
    expires: doNotDelete ? undefined : listedDate(expiry),
    groupId: cluster.projectId,
    id: timeline.id,
    incremental: api === 'v2' ? true : undefined,
    lastOplogAppliedTimestamp: { date: listedDate(timeline.takenAt), increment: 1 },
    links: [selfLink(api, `${parent}/snapshots/${timeline.id}`), clusterLink(api, parent)],
    parts: partsOf(api, cluster, timeline, now),
  };
}

/** There is no failed state: an unfinished one just stays incomplete. */
export function isComplete(timeline: SnapshotTimeline, now: UnixSeconds): boolean {
  return statusAt(timeline, now) === 'completed';
}

function partsOf(
  api: Api,
  cluster: Cluster,
  timeline: SnapshotTimeline,
  now: UnixSeconds,
): readonly object[] {
  const complete = isComplete(timeline, now);
  const shards = cluster.kind === 'replicaSet' ? 0 : cluster.shards;
  const config = shards === 0 ? [] : (['CONFIG_SERVER_REPLICA_SET'] as const);
  const types = [
    'REPLICA_SET',
    ...Array.from({ length: Math.max(0, shards - 1) }, () => 'REPLICA_SET'),
    ...config,
  ];
  const size = complete ? Math.floor(timeline.sizeBytes / types.length) : 0;
  return types.map((typeName, index) => ({
    clusterId: cluster.id,
    completedTime: api === 'v2' && complete ? listedDate(timeline.endedAt) : undefined,
    compressionSetting: 'GZIP',
    dataSizeBytes: size * 3,
    encryptionEnabled: cluster.masterKey !== undefined,
    fcv: cluster.mongodbVersion.split('.').slice(0, 2).join('.'),
    fileSizeBytes: size * 2,
    machineId:
      `${cluster.name}-shard-00-0${index}.${cluster.id.slice(-6)}.mongodb.example:27017`.toLowerCase(),
    masterKeyUUID: cluster.masterKey,
    mongodVersion: cluster.mongodbVersion,
    replicaSetName: `${cluster.name}-${typeName === 'REPLICA_SET' ? 'shard' : 'config'}-${index}`,
    replicaState: 'SECONDARY',
    storageSizeBytes: size,
    typeName,
  }));
}
