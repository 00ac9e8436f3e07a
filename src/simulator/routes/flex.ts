import { listedDate } from '../api/dates.ts';
import { page } from '../api/paging.ts';
import { rateLimit } from '../api/rate-limits.ts';
import { type ErrorKind, RefusedRequest } from '../api/reply.ts';
import type { Call, Route } from '../api/route.ts';
import {
  type FlexTimeline,
  flexRetention,
  flexStatusAt,
  flexTimelinesAt,
} from '../world/flex-timelines.ts';
import type { Cluster } from '../world/world.ts';
import { commonFields } from './cluster-parts.ts';
import { namedCluster, namedSnapshot } from './clusters.ts';

const shared = { versions: ['2024-11-13'], onlyV2: true } as const;
const clusters = { ...shared, limit: rateLimit('flexClusters') };
const snapshots = { ...shared, limit: rateLimit('flexSnapshots') };
const one = '/groups/:groupId/flexClusters/:clusterName';

export const flexRoutes: readonly Route[] = [
  { ...clusters, path: '/groups/:groupId/flexClusters', answer: flexClusters },
  { ...clusters, path: one, answer: (call) => flexCluster(call, named(call)) },
  { ...snapshots, path: `${one}/backup/snapshots`, answer: flexSnapshots },
  { ...snapshots, path: `${one}/backup/snapshots/:id`, answer: oneFlexSnapshot },
];

const nonFlexInFlexApi: ErrorKind =
  '400 CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API Cannot use non-flex cluster {0} in the flex API.';

function named(call: Call): Cluster {
  const it = namedCluster(call);
  if (it.kind !== 'flex') throw new RefusedRequest(nonFlexInFlexApi, it.name);
  return it;
}

function flexClusters(call: Call): object {
  const all = call.world.clusters(call.groupId).filter(({ kind }) => kind === 'flex');
  return page(call, all, (it) => flexCluster(call, it));
}

function flexSnapshots(call: Call): object {
  const it = named(call);
  return page(call, flexTimelinesAt(it, call.now), (timeline) => flexSnapshot(call, it, timeline));
}

function oneFlexSnapshot(call: Call): object {
  const it = named(call);
  return flexSnapshot(call, it, namedSnapshot(call, it, flexTimelinesAt(it, call.now)));
}

function flexCluster({ now }: Call, it: Cluster): object {
  const [region] = it.regions;
  return {
    ...commonFields(it, now),
    backupSettings: { enabled: it.cloudBackup },
    providerSettings: {
      backingProviderName: region.provider,
      diskSizeGB: 5,
      providerName: 'FLEX',
      regionName: region.name,
    },
  };
}

/** Flex snapshots have neither size nor type nor links. */
function flexSnapshot({ now }: Call, it: Cluster, timeline: FlexTimeline): object {
  const { id, scheduledAt, startedAt, endedAt } = timeline;
  return {
    expiration: listedDate(scheduledAt + flexRetention),
    finishTime: now >= endedAt ? listedDate(endedAt) : undefined,
    id,
    mongoDBVersion: it.mongodbVersion,
    scheduledTime: listedDate(scheduledAt),
    startTime: now >= startedAt ? listedDate(startedAt) : undefined,
    status: flexStatusAt(timeline, now),
  };
}
