import type { UnixSeconds } from '../../domain/time.ts';
import type { Backups } from './backups.ts';

export type Region = { readonly provider: 'AWS' | 'AZURE' | 'GCP'; readonly name: string };
export type Tag = { readonly key: string; readonly value: string };

export type Cluster = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly kind: 'replicaSet' | 'sharded' | 'geosharded' | 'flex' | 'free';
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

/** The clusters of one project, by their names and as a list. */
type Siblings = { readonly byName: Map<string, Cluster>; listed?: readonly Cluster[] | undefined };

/** What one Atlas holds. What its clusters show is a function of time. */
export class World {
  readonly organisations: readonly Organisation[];
  projects: readonly Project[];
  readonly #siblings: ReadonlyMap<string, Siblings>;

  constructor(
    organisations: readonly Organisation[],
    projects: readonly Project[],
    clusters: readonly Cluster[],
  ) {
    this.organisations = organisations;
    this.projects = projects;
    this.#siblings = new Map(projects.map(({ id }) => [id, { byName: new Map() }]));
    for (const cluster of clusters) this.add(cluster);
  }

  clusters(projectId: string): readonly Cluster[] {
    const siblings = this.#siblings.get(projectId);
    if (siblings === undefined) return [];
    // Every listing asks for this, and a copy of a large project would cost more than the reply.
    siblings.listed ??= [...siblings.byName.values()];
    return siblings.listed;
  }

  cluster(projectId: string, name: string): Cluster | undefined {
    return this.#siblings.get(projectId)?.byName.get(name);
  }

  /** Adds a cluster, or replaces the one of its name. */
  add(cluster: Cluster): void {
    const siblings = this.#siblings.get(cluster.projectId);
    if (siblings === undefined) throw new Error(`no project ${cluster.projectId} in this world`);
    siblings.byName.set(cluster.name, cluster);
    siblings.listed = undefined;
  }

  remove(projectId: string, name: string): void {
    const siblings = this.#siblings.get(projectId);
    siblings?.byName.delete(name);
    if (siblings !== undefined) siblings.listed = undefined;
  }

  /** Lets something happen to a cluster. @throws Error without such a cluster */
  change(projectId: string, name: string, to: (before: Cluster) => Cluster): void {
    const before = this.cluster(projectId, name);
    if (before === undefined) throw new Error(`no cluster ${name} in project ${projectId}`);
    this.add(to(before));
  }
}

/** The cluster with other cloud backups. One that has none stays as it is. */
export function changeBackups(cluster: Cluster, to: (before: Backups) => Backups): Cluster {
  const { cloud } = cluster;
  return cloud === undefined ? cluster : { ...cluster, cloud: to(cloud) };
}
