/** What is left out of a rule, in the manner of that linter: as little as can be, with a reason. */
export type Exclusion = {
  readonly rule: string;
  readonly dashboard: string;
  /** Titles of rows. Undefined: the whole dashboard. */
  readonly rows?: readonly string[];
  readonly reason: string;
};

const anyReplica =
  'Every replica tells the same of a cluster, and a shard tells of others: a choice of instances would hide clusters.';

export const exclusions: readonly Exclusion[] = [
  {
    rule: 'target-instance-rule',
    dashboard: 'mongodbatlas-backup-overview',
    rows: ['Now', 'Clusters', 'Trends and alerts'],
    reason: anyReplica,
  },
  { rule: 'target-instance-rule', dashboard: 'mongodbatlas-backup-cluster', reason: anyReplica },
  {
    rule: 'template-instance-rule',
    dashboard: 'mongodbatlas-backup-cluster',
    reason: 'Nothing of this dashboard is about an instance.',
  },
];
