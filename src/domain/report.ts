import type { Cluster, Project } from './cluster.ts';
import type { SwitchableCollector } from './collectors.ts';
import type { Outcome, Unchanged } from './observed.ts';
import type { PackedSnapshots } from './packed-snapshots.ts';
import type { UnixSeconds } from './time.ts';

/** Why a record of a listing could not be used. */
export const rejectionReasons = ['date', 'future', 'size', 'schema', 'duplicate'] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** The fields of the API whose values are mapped by a table. */
export const mappedFields = [
  'status',
  'snapshotType',
  'frequencyType',
  'cloudProvider',
  'clusterType',
  'retentionUnit',
] as const;
export type MappedField = (typeof mappedFields)[number];

/** A value of the API that this version does not know, by the field that held it. */
export type UnknownValue = { readonly field: MappedField; readonly value: string };

/** The projects of one account that are in scope. */
export type ProjectListing = {
  readonly found: readonly Project[];
  /** Named in the configuration, by id or name, and not among those Atlas listed. */
  readonly missing: readonly string[];
};

/** The clusters of one project. */
export type ClusterListing = {
  /** Those in scope that this process reads. */
  readonly found: readonly Cluster[];
  /** How many are in scope, those of other shards and beyond the limit included. */
  readonly inScope: number;
};

/** One complete listing of a cluster's snapshots, as it was read. */
export type SnapshotListing = {
  readonly snapshots: PackedSnapshots;
  /** Listed, but not usable: they have not vanished. */
  readonly rejectedIds: readonly string[];
  /** The latest date of those that claim to have been taken in the future. */
  readonly rejectedFutureAt: UnixSeconds | undefined;
  /**
   * Of each listing that it is made of, the legacy one last: that of Atlas's reply, when it was one
   * and nothing in it was strange.
   */
  readonly fingerprints: readonly (string | undefined)[];
};

/** One pass over the fleet: what was asked, and how each of it went. */
export type Report = {
  readonly endedAt: UnixSeconds;
  /** By account; only those asked in this pass. */
  readonly projects: ReadonlyMap<string, Outcome<ProjectListing>>;
  /** By project id: dedicated and flex. */
  readonly clusters: ReadonlyMap<string, Outcome<ClusterListing>>;
  /** By cluster key. */
  readonly backups: ReadonlyMap<string, Outcome<SnapshotListing> | Unchanged>;
  /** What else was read, by collector, and then by name of the account, id of the project or cluster key. */
  readonly collected: ReadonlyMap<SwitchableCollector, ReadonlyMap<string, Outcome<unknown>>>;
  /**
   * Accounts and project ids whose listing held a record that could not be used: it may be the one
   * that seems to be missing, so absence from such a listing proves nothing.
   */
  readonly unreliable: ReadonlySet<string>;
  readonly anomalies: Anomalies;
};

/** What a pass met on its way that is worth a number, though nothing failed by it. */
export type Anomalies = {
  readonly rejected: readonly RejectionReason[];
  readonly unknown: readonly UnknownValue[];
  /** Projects that another account serves already. */
  readonly duplicateProjects: number;
  /** Clusters left out by `limits.max_clusters`. */
  readonly clustersOverLimit: number;
};

/** The outcomes of a report about one subject. */
export function collectedOf(
  { collected }: Report,
  subject: string,
): readonly (readonly [SwitchableCollector, Outcome<unknown>])[] {
  const found: [SwitchableCollector, Outcome<unknown>][] = [];
  for (const [name, outcomes] of collected) {
    const outcome = outcomes.get(subject);
    if (outcome !== undefined) found.push([name, outcome]);
  }
  return found;
}
