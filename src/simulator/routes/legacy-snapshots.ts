import { listedDate } from '../api/dates.ts';
import { clusterLink, clusterPath, selfLink } from '../api/links.ts';
import { page } from '../api/paging.ts';
import { rateLimit } from '../api/rate-limits.ts';
import { errors, RefusedRequest } from '../api/reply.ts';
import type { Call, Route } from '../api/route.ts';
import { firstVersion } from '../api/versions.ts';
import {
  expiresAt,
  type SnapshotTimeline,
  statusAt,
  timelinesAt,
} from '../world/snapshot-timelines.ts';
import type { Cluster } from '../world/world.ts';
import { majorVersion } from './cluster-parts.ts';
import { dedicatedCluster, namedSnapshot } from './clusters.ts';

const shared = { versions: firstVersion, limit: rateLimit('legacyBackup') };
const all = '/groups/:groupId/clusters/:clusterName/snapshots';

/** The backups of before 2020. */
export const legacySnapshotRoutes: readonly Route[] = [
  { ...shared, path: all, answer: legacySnapshots },
  { ...shared, path: `${all}/:id`, answer: oneLegacySnapshot },
];

/** Incomplete ones are shown on request only. */
function legacySnapshots(call: Call): object {
  const completed = call.query.get('completed') ?? 'true';
  if (!['true', 'false', 'all'].includes(completed)) {
    throw new RefusedRequest(errors.badQuery, 'completed');
  }
  const it = dedicatedCluster(call);
  const wanted = timelinesAt(it, it.legacy, call.now).filter(
    (timeline) => completed === 'all' || String(isComplete(call, timeline)) === completed,
  );
  return page(call, wanted, (timeline) => legacySnapshot(call, it, timeline), { completed });
}

function oneLegacySnapshot(call: Call): object {
  const it = dedicatedCluster(call);
  return legacySnapshot(call, it, namedSnapshot(call, it, timelinesAt(it, it.legacy, call.now)));
}

/** There is no failed state: an unfinished one just stays incomplete. */
function isComplete({ now }: Call, timeline: SnapshotTimeline): boolean {
  return statusAt(timeline, now) === 'completed';
}

/** `incremental` and `completedTime` came with v2. */
function legacySnapshot(call: Call, it: Cluster, timeline: SnapshotTimeline): object {
  const { api, now } = call;
  const parent = clusterPath(it);
  const expiry = expiresAt(timeline, now);
  const doNotDelete = !Number.isFinite(expiry);
  const taken = { date: listedDate(timeline.takenAt), increment: 1 };
  return {
    clusterId: it.id,
    clusterName: it.name,
    complete: isComplete(call, timeline),
    created: taken,
    doNotDelete,
    expires: doNotDelete ? undefined : listedDate(expiry),
    groupId: it.projectId,
    id: timeline.id,
    incremental: api === 'v2' ? true : undefined,
    lastOplogAppliedTimestamp: taken,
    links: [selfLink(api, `${parent}/snapshots/${timeline.id}`), clusterLink(api, parent)],
    parts: partsOf(call, it, timeline),
  };
}

function partsOf(call: Call, it: Cluster, timeline: SnapshotTimeline): readonly object[] {
  const complete = isComplete(call, timeline);
  const config = it.kind === 'replicaSet' ? [] : ['CONFIG_SERVER_REPLICA_SET'];
  const types = [...Array.from({ length: it.shards }, () => 'REPLICA_SET'), ...config];
  const size = complete ? Math.floor(timeline.sizeBytes / types.length) : 0;
  const name = it.name.toLowerCase();
  return types.map((typeName, index) => ({
    clusterId: it.id,
    completedTime: call.api === 'v2' && complete ? listedDate(timeline.endedAt) : undefined,
    compressionSetting: 'GZIP',
    dataSizeBytes: size * 3,
    encryptionEnabled: it.masterKey !== undefined,
    fcv: majorVersion(it),
    fileSizeBytes: size * 2,
    machineId: `${name}-shard-00-0${index}.${it.id.slice(-6)}.mongodb.example:27017`,
    masterKeyUUID: it.masterKey,
    mongodVersion: it.mongodbVersion,
    replicaSetName: `${it.name}-${typeName === 'REPLICA_SET' ? 'shard' : 'config'}-${index}`,
    replicaState: 'SECONDARY',
    storageSizeBytes: size,
    typeName,
  }));
}
