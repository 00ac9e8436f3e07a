import type { Project } from './cluster.ts';
import { collectedWithout } from './collected.ts';
import type { SwitchableCollector } from './collectors.ts';
import type { Fleet, TrackedAccount, TrackedProject } from './fleet.ts';
import { type Observed, pending } from './observed.ts';
import { readWithout, type TrackedCluster } from './tracked-cluster.ts';

/** What of one account is to be read. */
export type AccountScope = {
  readonly name: string;
  /** Projects that the configuration names, by id or name. */
  readonly namedProjects: readonly string[];
  readonly selectsProject: (project: Project) => boolean;
  readonly selectsCluster: (project: Project, clusterName: string) => boolean;
};

export type Scope = {
  readonly accounts: readonly AccountScope[];
  readonly maxClusters: number;
  /** Collectors that no longer read anything. */
  readonly off: readonly SwitchableCollector[];
};

/**
 * What is known, cut down to another scope. What stays is as it was, its histories included; what
 * is newly in scope is not known yet, and a named project among it counts as missing.
 */
export function rescoped(fleet: Fleet, { accounts, maxClusters, off }: Scope): Fleet {
  const scopes = new Map(accounts.map((account) => [account.name, account]));
  const selected = [...fleet.projects].filter(([, { account, project }]) =>
    scopes.get(account)?.selectsProject(project),
  );
  const owners = new Map(selected);
  const clusters = [...fleet.clusters]
    .filter(([, { cluster }]) => {
      const owner = owners.get(cluster.projectId);
      if (owner === undefined) return false;
      return scopes.get(owner.account)?.selectsCluster(owner.project, cluster.name);
    })
    .slice(0, maxClusters);
  const kept = new Map(clusters);
  const dropped = droppedByProject(fleet, kept);
  return {
    accounts: new Map(accounts.map((scope) => [scope.name, accountIn(fleet, scope, off)])),
    projects: new Map(
      selected.map(([id, tracked]) => [
        id,
        projectWithout(tracked, dropped.get(id)?.length ?? 0, off),
      ]),
    ),
    clusters:
      off.length === 0 ? kept : new Map(clusters.map(([key, one]) => [key, readWithout(one, off)])),
  };
}

function accountIn(
  fleet: Fleet,
  { name, namedProjects }: AccountScope,
  off: readonly SwitchableCollector[],
): TrackedAccount {
  const listing = fleet.accounts.get(name)?.listing ?? pending;
  const known = new Set(
    [...fleet.projects.values()]
      .filter(({ account, absences }) => account === name && absences === 0)
      .flatMap(({ project }) => [project.id, project.name]),
  );
  return {
    named: namedProjects,
    listing: changed(listing, () => namedProjects.filter((named) => !known.has(named))),
    collected: collectedWithout(fleet.accounts.get(name)?.collected ?? {}, off),
  };
}

/** By project, the clusters of its last listing that are not kept. */
function droppedByProject(
  { clusters }: Fleet,
  kept: Fleet['clusters'],
): ReadonlyMap<string, readonly TrackedCluster[]> {
  const dropped = [...clusters].filter(([key, { absences }]) => absences === 0 && !kept.has(key));
  return Map.groupBy(
    dropped.map(([, tracked]) => tracked),
    ({ cluster }) => cluster.projectId,
  );
}

function projectWithout(
  tracked: TrackedProject,
  dropped: number,
  off: readonly SwitchableCollector[],
): TrackedProject {
  return {
    ...tracked,
    listing: changed(tracked.listing, (clusters) => clusters - dropped),
    collected: collectedWithout(tracked.collected, off),
  };
}

function changed<T>(observed: Observed<T>, change: (value: T) => T): Observed<T> {
  return observed.kind === 'fresh' || observed.kind === 'stale'
    ? { ...observed, value: change(observed.value) }
    : observed;
}
