import { visibleProjects } from '../access/credentials.ts';
import type { Call } from '../api/call.ts';
import { selfLink } from '../api/links.ts';
import { type Echo, paged } from '../api/paging.ts';
import { found, type Reply, refusals } from '../api/reply.ts';
import { flexTimelinesAt } from '../world/flex-timelines.ts';
import { type SnapshotTimeline, timelinesAt } from '../world/snapshot-timelines.ts';
import type { Cluster } from '../world/world.ts';
import { replicaSetSnapshot, shardedSnapshot } from './cloud-snapshots.ts';
import { isSharded } from './cluster-parts.ts';
import { clusterV1 } from './cluster-v1.ts';
import * as shapes from './clusters.ts';
import { flexCluster } from './flex.ts';
import { flexSnapshot } from './flex-snapshot.ts';
import { isComplete, legacySnapshot } from './legacy-snapshots.ts';
import { organisation as showOrganisation, project as showProject } from './projects.ts';
import { rootReply } from './root.ts';
import { schedule as showSchedule } from './schedule.ts';

function page<T>(call: Call, items: readonly T[], show: (item: T) => object, echo?: Echo): Reply {
  return paged(call.api, call.path, call.query, items, show, echo);
}

export function root({ api, caller }: Call): Reply {
  return found(rootReply(api, caller));
}

/** `name` filters by prefix, whatever the case. */
function named<T extends { readonly name: string }>(call: Call, items: readonly T[]): readonly T[] {
  const prefix = call.query.get('name')?.toLowerCase() ?? '';
  return prefix === '' ? items : items.filter(({ name }) => name.toLowerCase().startsWith(prefix));
}

export function organisations(call: Call): Reply {
  const seen = new Set(visibleProjects(call.caller, call.world).map(({ orgId }) => orgId));
  const visible = call.world.organisations.filter(({ id }) => seen.has(id));
  const echo = { name: call.query.get('name') ?? '' };
  return page(call, named(call, visible), (it) => showOrganisation(call.api, it), echo);
}

export function projectsOf(call: Call): Reply {
  const { organisationId, world } = call;
  if (!world.organisations.some(({ id }) => id === organisationId)) {
    return refusals.noOrganisation(organisationId);
  }
  const all = visibleProjects(call.caller, world).filter(({ orgId }) => orgId === organisationId);
  if (all.length === 0 && call.caller.projects !== undefined) {
    return refusals.noOrganisationRole(organisationId);
  }
  const echo = { name: call.query.get('name') ?? '' };
  return page(call, named(call, all), (it) => showProject(call.api, world, it, false), echo);
}

export function projects(call: Call): Reply {
  const { api, world } = call;
  return page(call, visibleProjects(call.caller, world), (it) =>
    showProject(api, world, it, false),
  );
}

export function project(call: Call): Reply {
  const it = call.world.projects.find(({ id }) => id === call.groupId);
  return it === undefined
    ? refusals.noGroup(call.groupId)
    : found(showProject(call.api, call.world, it, true));
}

function shownCluster(call: Call, it: Cluster): object {
  return call.version === '2024-08-05' || call.version === '2023-02-01'
    ? shapes.cluster(call.api, it, call.version, call.now)
    : clusterV1(call.api, it, call.now);
}

/** Flex clusters are never among them. */
export function clusters(call: Call): Reply {
  const dedicated = call.world.clusters(call.groupId).filter(({ kind }) => kind !== 'flex');
  const echo = { includeDeletedWithRetainedBackups: 'false' };
  return page(call, dedicated, (it) => shownCluster(call, it), call.api === 'v2' ? echo : {});
}

function withCluster(call: Call, answer: (it: Cluster) => Reply): Reply {
  const it = call.world.cluster(call.groupId, call.clusterName);
  if (it === undefined) return refusals.noCluster(call.clusterName, call.groupId);
  return it.kind === 'flex' ? refusals.flexInClusterApi(it.name) : answer(it);
}

export function oneCluster(call: Call): Reply {
  return withCluster(call, (it) => found(shownCluster(call, it)));
}

export function flexClusters(call: Call): Reply {
  const all = call.world.clusters(call.groupId).filter(({ kind }) => kind === 'flex');
  return page(call, all, (it) => flexCluster(it, call.now));
}

function withFlex(call: Call, answer: (it: Cluster) => Reply): Reply {
  const it = call.world.cluster(call.groupId, call.clusterName);
  if (it === undefined) return refusals.noCluster(call.clusterName, call.groupId);
  return it.kind === 'flex' ? answer(it) : refusals.nonFlexInFlexApi(it.name);
}

export function oneFlexCluster(call: Call): Reply {
  return withFlex(call, (it) => found(flexCluster(it, call.now)));
}

export function flexSnapshots(call: Call): Reply {
  return withFlex(call, (it) =>
    page(call, flexTimelinesAt(it, call.now), (timeline) => flexSnapshot(it, timeline, call.now)),
  );
}

export function oneFlexSnapshot(call: Call): Reply {
  return withFlex(call, (it) => {
    const timeline = flexTimelinesAt(it, call.now).find(({ id }) => id === call.snapshotId);
    return timeline === undefined
      ? refusals.noSnapshot(call.snapshotId, it.name)
      : found(flexSnapshot(it, timeline, call.now));
  });
}

export function schedule(call: Call): Reply {
  return withCluster(call, (it) =>
    it.cloud === undefined || !it.cloudBackup
      ? refusals.noBackup(it.id, it.projectId)
      : found(showSchedule(call.api, call.version, it, it.cloud, call.now)),
  );
}

/** A replica set asked through the path of sharded clusters, or the reverse, is refused. */
function withTopology(call: Call, sharded: boolean, answer: (it: Cluster) => Reply): Reply {
  return withCluster(call, (it) => {
    if (it.kind === 'free') return refusals.freeCluster(it.name);
    if (isSharded(it) === sharded) return answer(it);
    return refusals.wrongTopology(it.name, `backup/snapshots${sharded ? '' : '/shardedClusters'}`);
  });
}

function cloudTimelines(call: Call, it: Cluster): readonly SnapshotTimeline[] {
  return it.cloud === undefined ? [] : timelinesAt(it, it.cloud, call.now);
}

export function snapshots(call: Call): Reply {
  return withTopology(call, false, (it) =>
    page(call, cloudTimelines(call, it), (timeline) =>
      replicaSetSnapshot(call.api, it, timeline, call.now),
    ),
  );
}

/** Takes no paging parameters, unlike all other listings. */
export function shardedSnapshots(call: Call): Reply {
  return withTopology(call, true, (it) => {
    const results = cloudTimelines(call, it).map((timeline) =>
      shardedSnapshot(call.api, it, timeline, call.now),
    );
    return found({
      links: [selfLink(call.api, call.path)],
      results,
      totalCount: results.length,
    });
  });
}

type Show = (timeline: SnapshotTimeline) => object;

function oneOf(call: Call, it: Cluster, timelines: readonly SnapshotTimeline[], show: Show): Reply {
  const timeline = timelines.find(({ id }) => id === call.snapshotId);
  return timeline === undefined
    ? refusals.noSnapshot(call.snapshotId, it.name)
    : found(show(timeline));
}

export function oneSnapshot(call: Call): Reply {
  return withTopology(call, false, (it) =>
    oneOf(call, it, cloudTimelines(call, it), (timeline) =>
      replicaSetSnapshot(call.api, it, timeline, call.now),
    ),
  );
}

export function oneShardedSnapshot(call: Call): Reply {
  return withTopology(call, true, (it) =>
    oneOf(call, it, cloudTimelines(call, it), (timeline) =>
      shardedSnapshot(call.api, it, timeline, call.now),
    ),
  );
}

function legacyTimelines(call: Call, it: Cluster): readonly SnapshotTimeline[] {
  return it.legacy === undefined ? [] : timelinesAt(it, it.legacy, call.now);
}

/** Incomplete ones are shown on request only. */
export function legacySnapshots(call: Call): Reply {
  const wanted = call.query.get('completed') ?? 'true';
  if (!['true', 'false', 'all'].includes(wanted)) return refusals.badQuery('completed');
  return withCluster(call, (it) => {
    const timelines = legacyTimelines(call, it).filter(
      (timeline) => wanted === 'all' || isComplete(timeline, call.now) === (wanted === 'true'),
    );
    return page(call, timelines, (timeline) => legacySnapshot(call.api, it, timeline, call.now), {
      completed: wanted,
    });
  });
}

export function oneLegacySnapshot(call: Call): Reply {
  return withCluster(call, (it) =>
    oneOf(call, it, legacyTimelines(call, it), (timeline) =>
      legacySnapshot(call.api, it, timeline, call.now),
    ),
  );
}
