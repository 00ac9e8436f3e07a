import type { ReadRules } from '../../domain/backup-reads.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { Outcome, Unchanged } from '../../domain/observed.ts';
import type {
  ClusterListing,
  ProjectListing,
  RejectionReason,
  SnapshotListing,
  UnknownValue,
} from '../../domain/report.ts';
import type { Schedule } from '../../domain/schedule.ts';
import type { Shard } from '../../domain/shard.ts';
import type { Clock, UnixSeconds } from '../../domain/time.ts';
import type { Findings } from '../decode/decoding.ts';
import type { SurveyRequest } from './account.ts';
import { newGate } from './gate.ts';
import type { LastListings } from './list-clusters.ts';

export type SurveyOptions = {
  /** Reads under way at once. */
  readonly concurrency: number;
  readonly maxClusters: number;
  /** Which share of the clusters this process reads. */
  readonly shard: Shard;
  /** Whose snapshots to ask for. */
  readonly reads: ReadRules;
  /** Read schedules, too. */
  readonly schedules: boolean;
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

/** One survey on its way: what it goes by, and what it has found so far. */
export type SurveyRun = SurveyCache & {
  readonly fleet: Fleet;
  readonly request: SurveyRequest;
  readonly begunAt: UnixSeconds;
  readonly clock: Clock;
  readonly asksSchedules: boolean;
  readonly shard: Shard;
  /** Runs when there is room; what has the higher priority first. */
  readonly queued: <T>(work: () => Promise<T>, priority?: number) => Promise<T>;
  /** So many more reads are to come, or fewer: for who watches the progress. */
  readonly expect: (more: number) => void;
  readonly note: (findings: Findings) => void;
  readonly projects: Map<string, Outcome<ProjectListing>>;
  readonly clusters: Map<string, Outcome<ClusterListing>>;
  readonly backups: Map<string, Outcome<SnapshotListing> | Unchanged>;
  readonly schedules: Map<string, Outcome<Schedule | undefined>>;
  readonly unreliable: Set<string>;
  readonly rejected: RejectionReason[];
  readonly unknown: UnknownValue[];
};

export function newSurveyRun(
  fleet: Fleet,
  request: SurveyRequest,
  cache: SurveyCache,
  { concurrency, clock, schedules, shard }: SurveyOptions,
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
    asksSchedules: schedules,
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
    schedules: new Map(),
    unreliable: new Set(),
    rejected,
    unknown,
  };
}
