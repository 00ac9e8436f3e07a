import type { CloudProvider } from './snapshot.ts';
import { objectIdTime, type UnixSeconds } from './time.ts';

export const topologies = ['replica_set', 'sharded', 'geosharded', 'flex', 'other'] as const;
export type Topology = (typeof topologies)[number];

/** A project (Atlas's paths call it a group) that an account can see. */
export type Project = {
  readonly id: string;
  readonly name: string;
  readonly orgId: string;
};

export type Cluster = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly topology: Topology;
  /** `M10`, `R40`, `FLEX`, `M0` …: an open set. Of the first electable region. */
  readonly instanceSize: string;
  readonly cloudProvider: CloudProvider;
  readonly mongodbVersion: string;
  readonly createdAt: UnixSeconds | undefined;
  /** Absent for flex, which cannot be paused. */
  readonly paused: boolean | undefined;
  /** Atlas takes backups of this cluster, cloud or legacy ones. */
  readonly backupEnabled: boolean;
  /** Continuous (point-in-time) backup. Absent for flex. */
  readonly pitEnabled: boolean | undefined;
  readonly tags: readonly Tag[];
};

export type Tag = { readonly key: string; readonly value: string };

/** The key of a cluster in maps. Names repeat across projects, but not within one. */
export function clusterKey(cluster: Pick<Cluster, 'projectId' | 'name'>): string {
  return `${cluster.projectId}/${cluster.name}`;
}

/** A free cluster has no backups at all: there is nothing to read, and no read can fail. */
export function canHaveBackups(cluster: Cluster): boolean {
  return cluster.instanceSize !== 'M0';
}

/** When it was created; if Atlas does not say, by its id. */
export function createdAtOf({ id, createdAt }: Cluster): UnixSeconds {
  return createdAt ?? objectIdTime(id);
}
