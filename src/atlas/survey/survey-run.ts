import type { ReadRules } from '../../domain/backup-reads.ts';
import type { SwitchableCollector } from '../../domain/collectors.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { Outcome, Unchanged } from '../../domain/observed.ts';
import type {
  ClusterListing,
  ProjectListing,
  RejectionReason,
  SnapshotListing,
  UnknownValue,
} from '../../domain/report.ts';
import type { Shard } from '../../domain/shard.ts';
import type { Clock, UnixSeconds } from '../../domain/time.ts';
import { newGate } from '../../runtime/gate.ts';
import type { Findings } from '../decode/decoding.ts';
import type { SurveyRequest } from './account.ts';
import type { CollectorReader } from './collector-reader.ts';
import type { LastListings } from './list-clusters.ts';

export type SurveyOptions = {
  /** Reads under way at once. */
  readonly concurrency: number;
  readonly maxClusters: number;
  /** Which share of the clusters this process reads. */
  readonly shard: Shard;
  /** Whose snapshots to ask for. */
  readonly reads: ReadRules;
  /** What is read besides projects, clusters and snapshots. */
  readonly collectors: readonly CollectorReader[];
  /** So long a survey begins readings beyond its core. */
  readonly collectForSeconds: number;
  readonly clock: Clock;
  readonly onBug: (scope: string, error: unknown) => void;
};

/** What outlives a survey besides the fleet. */
export type SurveyCache = {
  /** Projects of which a cluster turned out to be gone or of another kind since the last listing. */
  readonly projectsToRelist: Set<string>;
  /** By project: clusters of its last listing that were left out. */
  readonly overLimit: Map<string, number>;
  /** By project. */
  readonly listings: Map<string, LastListings>;
};

/** The collectors, by what they read of. */
function byScope(collectors: readonly CollectorReader[]) {
  return {
    account: collectors.filter((one) => one.scope === 'account'),
    project: collectors.filter((one) => one.scope === 'project'),
    cluster: collectors.filter((one) => one.scope === 'cluster'),
  };
}

/** One survey on its way: what it goes by, and what it has found so far. */
export type SurveyRun = SurveyCache &
  Pick<SurveyOptions, 'clock' | 'collectForSeconds' | 'shard'> & {
    readonly fleet: Fleet;
    readonly request: SurveyRequest;
    readonly begunAt: UnixSeconds;
    readonly collectors: ReturnType<typeof byScope>;
    /** Runs when there is room; what has the higher priority first. */
    readonly queued: <T>(work: () => Promise<T>, priority?: number) => Promise<T>;
    /** So many more reads are to come, or fewer: for who watches the progress. */
    readonly expect: (more: number) => void;
    readonly note: (findings: Findings) => void;
    readonly projects: Map<string, Outcome<ProjectListing>>;
    readonly clusters: Map<string, Outcome<ClusterListing>>;
    readonly backups: Map<string, Outcome<SnapshotListing> | Unchanged>;
    readonly collected: Map<SwitchableCollector, Map<string, Outcome<unknown>>>;
    readonly unreliable: Set<string>;
    readonly rejected: RejectionReason[];
    readonly unknown: UnknownValue[];
  };

export function newSurveyRun(
  fleet: Fleet,
  request: SurveyRequest,
  cache: SurveyCache,
  { concurrency, clock, collectors, collectForSeconds, shard }: SurveyOptions,
): SurveyRun {
  const progress = { done: 0, total: 0 };
  const gate = newGate(concurrency, () => {
    progress.done += 1;
    request.onProgress(progress.done, progress.total);
  });
  const rejected: RejectionReason[] = [];
  const unknown: UnknownValue[] = [];
  return {
    ...cache,
    fleet,
    request,
    begunAt: clock(),
    clock,
    collectors: byScope(collectors),
    collectForSeconds,
    shard,
    queued: (work, priority = 0) => {
      progress.total += 1;
      return gate.run(work, priority);
    },
    expect: (more) => {
      progress.total += more;
    },
    note: (findings) => {
      // One by one: the arguments of a call are limited, the records of a listing are not.
      for (const { reason } of findings.rejected) rejected.push(reason);
      for (const value of findings.unknown) unknown.push(value);
    },
    projects: new Map(),
    clusters: new Map(),
    backups: new Map(),
    collected: new Map(),
    unreliable: new Set(),
    rejected,
    unknown,
  };
}
