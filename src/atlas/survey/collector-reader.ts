import type { Cluster, Project } from '../../domain/cluster.ts';
import type { SwitchableCollector } from '../../domain/collectors.ts';
import type { RequestedSnapshots } from '../../domain/schedule-reads.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import type { TrackedCluster } from '../../domain/tracked-cluster.ts';
import type { Findings } from '../decode/decoding.ts';
import type { Deadline } from '../transport/message.ts';
import type { SurveyedAccount } from './account.ts';

/** What is known of a cluster when it is decided whether to read it. */
export type ClusterFacts = {
  /** From before this survey. Undefined: the cluster is new. */
  readonly tracked: TrackedCluster | undefined;
  readonly cluster: Cluster;
  /** Its snapshots, if they were read in this survey. */
  readonly listed: RequestedSnapshots | undefined;
  readonly now: UnixSeconds;
};

export type Reader<Scope extends string, Subject> = {
  readonly name: SwitchableCollector;
  readonly scope: Scope;
  readonly appliesTo: (subject: Subject) => boolean;
  /** Decides in place of the cadence. */
  readonly isDue?: (facts: ClusterFacts) => boolean;
  /** @throws AtlasError */
  readonly read: (
    account: SurveyedAccount,
    subject: Subject,
    deadline: Deadline,
    note: (findings: Findings) => void,
  ) => Promise<unknown>;
};

export type AccountCollector = Reader<'account', SurveyedAccount>;
export type ProjectCollector = Reader<'project', Project>;
export type ClusterCollector = Reader<'cluster', Cluster>;

/** A collector, as far as the survey needs to know it. */
export type CollectorReader = AccountCollector | ProjectCollector | ClusterCollector;
