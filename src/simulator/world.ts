import type { UnixSeconds } from '../domain/time.ts';
import { defaultRules, type Policy, policyOf } from './policy.ts';

type Provider = 'AWS' | 'AZURE' | 'GCP';
export type Region = { readonly provider: Provider; readonly name: string };
export type Tag = { readonly key: string; readonly value: string };

/** `from` included, `until` not. */
export type Span = { readonly from: UnixSeconds; readonly until: UnixSeconds };

export type OnDemand = {
  readonly at: UnixSeconds;
  readonly description: string;
  readonly retentionDays: number;
};

/** When a schedule fires, and what becomes of its snapshots. */
export type Backups = {
  readonly policy: Policy;
  /** The schedule fires in this span only: before it there was none, after it it is silent. */
  readonly active: Span;
  /** Snapshots asked for in these spans fail. */
  readonly failing: readonly Span[];
  /** Snapshots asked for in these spans are fallback snapshots. */
  readonly fallback: readonly Span[];
  /** The first snapshot from then on never ends, and none comes after it. */
  readonly stuckFrom: UnixSeconds | undefined;
  readonly onDemand: readonly OnDemand[];
};

type Family = 'replicaSet' | 'sharded' | 'geosharded' | 'flex' | 'free';

export type Cluster = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly family: Family;
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
  /** Pausing stops the schedule; the snapshots go on expiring. */
  pause(projectId: string, name: string, at: UnixSeconds): void;
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
    pause: (projectId, name, at) =>
      change(projectId, name, (cluster) => ({ ...ended(cluster, at), paused: true })),
    switchBackup: (projectId, name, on, at) =>
      change(projectId, name, (cluster) =>
        on ? resumed(cluster, at) : { ...ended(cluster, at), cloudBackup: false },
      ),
  };
}

function ended(cluster: Cluster, at: UnixSeconds): Cluster {
  const { cloud } = cluster;
  if (cloud === undefined) return cluster;
  const until = Math.min(cloud.active.until, at);
  return { ...cluster, cloud: { ...cloud, active: { from: cloud.active.from, until } } };
}

/** Begins anew with the policy there was, or with Atlas's own. What was kept until then is gone. */
function resumed(cluster: Cluster, at: UnixSeconds): Cluster {
  const reference = { hour: new Date(at * 1000).getUTCHours(), minute: cluster.seed % 60 };
  const policy = cluster.cloud?.policy ?? policyOf(defaultRules, reference, at, cluster.seed);
  const active = { from: at, until: Number.POSITIVE_INFINITY };
  const fresh = { failing: [], fallback: [], stuckFrom: undefined, onDemand: [] };
  return { ...cluster, cloudBackup: true, cloud: { ...fresh, policy, active } };
}
