import type { UnixSeconds } from '../../domain/time.ts';
import { type Backups, begun, paused, resumed, silenced } from './backups.ts';

type Provider = 'AWS' | 'AZURE' | 'GCP';
export type Region = { readonly provider: Provider; readonly name: string };
export type Tag = { readonly key: string; readonly value: string };

type ClusterKind = 'replicaSet' | 'sharded' | 'geosharded' | 'flex' | 'free';

export type Cluster = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly kind: ClusterKind;
  readonly createdAt: UnixSeconds;
  /** CREATING until then. */
  readonly readyAt: UnixSeconds;
  readonly instanceSize: string;
  /** The first is where the primary lives. */
  readonly regions: readonly [Region, ...Region[]];
  readonly shards: number;
  readonly mongodbVersion: string;
  readonly diskGb: number;
  readonly sizeBytes: number;
  readonly paused: boolean;
  readonly pitEnabled: boolean;
  /** With a key of the customer's. */
  readonly masterKey: string | undefined;
  readonly tags: readonly Tag[];
  readonly copyRegions: readonly string[];
  /** What Atlas calls provider backup in v1.0 and just backup in v2. */
  readonly cloudBackup: boolean;
  /** The backups of before 2020, made by agents. */
  readonly legacyBackup: boolean;
  readonly cloud: Backups | undefined;
  readonly legacy: Backups | undefined;
  readonly flex: Pick<Backups, 'active' | 'failing'> | undefined;
  readonly seed: number;
};

export type Organisation = { readonly id: string; readonly name: string };

export type Project = {
  readonly id: string;
  readonly name: string;
  readonly orgId: string;
  readonly createdAt: UnixSeconds;
};

/** What one Atlas holds. Only the list of clusters changes; what they show is a function of time. */
export type World = {
  readonly organisations: readonly Organisation[];
  readonly projects: readonly Project[];
  clusters(projectId: string): readonly Cluster[];
  cluster(projectId: string, name: string): Cluster | undefined;
  /** Adds a cluster, or replaces the one of its name. */
  add(cluster: Cluster): void;
  remove(projectId: string, name: string): void;
  /** Lets something happen to a cluster. @throws Error without such a cluster */
  change(projectId: string, name: string, to: (before: Cluster) => Cluster): void;
  /** Pausing stops the schedule; the snapshots go on expiring. */
  pause(projectId: string, name: string, at: UnixSeconds): void;
  /** The schedule fires again; what has not expired of the snapshots is still there. */
  resume(projectId: string, name: string, at: UnixSeconds): void;
  /** Cloud backup of a dedicated cluster. Switched off, its snapshots go on expiring. */
  switchBackup(projectId: string, name: string, on: boolean, at: UnixSeconds): void;
};

export function worldOf(
  organisations: readonly Organisation[],
  projects: readonly Project[],
  clusters: readonly Cluster[],
): World {
  const held = new Map(projects.map(({ id }) => [id, new Map<string, Cluster>()]));
  // Listings ask for this on every request, and a copy of a large project would cost more than the reply.
  const listed = new Map<string, readonly Cluster[]>();
  const add = (cluster: Cluster): void => {
    const siblings = held.get(cluster.projectId);
    if (siblings === undefined) throw new Error(`no project ${cluster.projectId} in this world`);
    siblings.set(cluster.name, cluster);
    listed.delete(cluster.projectId);
  };
  const change = (projectId: string, name: string, to: (before: Cluster) => Cluster): void => {
    const before = held.get(projectId)?.get(name);
    if (before === undefined) throw new Error(`no cluster ${name} in project ${projectId}`);
    add(to(before));
  };
  clusters.forEach(add);
  return {
    organisations,
    projects,
    clusters: (projectId) => {
      const known = listed.get(projectId) ?? [...(held.get(projectId)?.values() ?? [])];
      listed.set(projectId, known);
      return known;
    },
    cluster: (projectId, name) => held.get(projectId)?.get(name),
    add,
    remove: (projectId, name) => {
      held.get(projectId)?.delete(name);
      listed.delete(projectId);
    },
    change,
    pause: (projectId, name, at) =>
      change(projectId, name, (cluster) => ({
        ...changeBackups(cluster, (backups) => paused(backups, at)),
        paused: true,
      })),
    resume: (projectId, name, at) =>
      change(projectId, name, (cluster) => ({
        ...changeBackups(cluster, (backups) => resumed(backups, at)),
        paused: false,
      })),
    switchBackup: (projectId, name, on, at) =>
      change(projectId, name, (cluster) =>
        on
          ? { ...cluster, cloudBackup: true, cloud: begun(cluster.cloud, at, cluster.seed) }
          : { ...changeBackups(cluster, (backups) => silenced(backups, at)), cloudBackup: false },
      ),
  };
}

/** The cluster with other cloud backups. One that has none stays as it is. */
export function changeBackups(cluster: Cluster, what: (before: Backups) => Backups): Cluster {
  const { cloud } = cluster;
  return cloud === undefined ? cluster : { ...cluster, cloud: what(cloud) };
}
