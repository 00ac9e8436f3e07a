import type { Backups } from './backups.ts';
import type { Cluster, Project } from './cluster.ts';
import type { Failure } from './failure.ts';
import type { Outcome } from './observed.ts';
import type { Schedule } from './schedule.ts';
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

/** One complete listing of a cluster's snapshots. */
export type Reading = {
  readonly backups: Backups;
  /** Listed, but not usable: they have not vanished. */
  readonly rejectedIds: readonly string[];
};

/** One pass over the fleet: what was asked, and how each of it went. */
export type Report = {
  readonly endedAt: UnixSeconds;
  /** By account; only those asked in this pass. */
  readonly projects: ReadonlyMap<string, Outcome<ProjectListing>>;
  /** By project id: dedicated and flex. */
  readonly clusters: ReadonlyMap<string, Outcome<ClusterListing>>;
  /** By cluster key. */
  readonly backups: ReadonlyMap<string, Outcome<Reading>>;
  /** By cluster key; undefined: Atlas has no schedule of it. */
  readonly schedules: ReadonlyMap<string, Outcome<Schedule | undefined>>;
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

export const collectors = ['clusters', 'snapshots', 'schedule'] as const;
export type Collector = (typeof collectors)[number];

/** One read that failed, with the collector it belongs to. */
export type FailedRead = {
  readonly collector: Collector;
  readonly failure: Failure;
  /** Name of the account, id of the project, or key of the cluster. */
  readonly scope: string;
};

/** Every failed read of a pass; a named project that Atlas does not list is one. */
export function failedReads(report: Report): readonly FailedRead[] {
  const failed = (collector: Collector, outcomes: ReadonlyMap<string, Outcome<unknown>>) =>
    [...outcomes].flatMap(([scope, outcome]) =>
      outcome.kind === 'failed' ? [{ collector, failure: outcome.failure, scope }] : [],
    );
  const missing = [...report.projects.values()].flatMap((outcome) =>
    outcome.kind === 'read' ? outcome.value.missing : [],
  );
  return [
    ...failed('clusters', report.projects),
    ...missing.map((scope) => ({
      collector: 'clusters' as const,
      failure: projectMissing,
      scope,
    })),
    ...failed('clusters', report.clusters),
    ...failed('snapshots', report.backups),
    ...failed('schedule', report.schedules),
  ];
}

const projectMissing: Failure = { reason: 'not_found', endpoint: 'projects', detail: 'named' };
