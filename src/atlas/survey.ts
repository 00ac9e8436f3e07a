import PQueue from 'p-queue';
import { type ReadReason, type ReadRules, reasonToRead } from '../domain/backup-reads.ts';
import { type Cluster, canHaveBackups, clusterKey, type Project } from '../domain/cluster.ts';
import type { Fleet } from '../domain/fleet.ts';
import type { Outcome } from '../domain/observed.ts';
import type {
  ClusterListing,
  ProjectListing,
  Reading,
  RejectionReason,
  Report,
  UnknownValue,
} from '../domain/report.ts';
import type { Schedule } from '../domain/schedule.ts';
import { asksSchedule } from '../domain/schedule-reads.ts';
import { isOurs, type Shard } from '../domain/shard.ts';
import type { Clock, UnixSeconds } from '../domain/time.ts';
import { newTurns } from '../turns.ts';
import type { Pass, SurveyedAccount } from './account.ts';
import { breaker } from './breaker.ts';
import { coherent } from './coherent.ts';
import type { Findings } from './decoding.ts';
import { endpoints } from './endpoints.ts';
import { noBackups, readBackups } from './read-backups.ts';
import { readSchedule } from './read-schedule.ts';
import { admission, byProject, inScope, ownership, readAt, type Task } from './scope.ts';

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

/** Reads everything in scope once. Failures are data: nothing is thrown, nothing else is hidden. */
export type Survey = (fleet: Fleet, pass: Pass) => Promise<Report>;

export function surveyor(accounts: readonly SurveyedAccount[], options: SurveyOptions): Survey {
  const memory: Memory = { outdated: new Set(), overLimit: new Map() };
  return async (fleet, pass) => {
    const course = newCourse(fleet, pass, memory, options);
    const tasks = accounts.map((account): Task => {
      const probe = () => account.client.list(endpoints.projects, {}, pass);
      return { account, ...breaker({ ...options, probe }) };
    });
    await Promise.all(tasks.map((task) => listProjects(task, course)));
    const { owned, listings, duplicates } = ownership(tasks, fleet, course.projects);
    const admit = admission(fleet, options.maxClusters);
    const known = byProject(fleet);
    // The reads of ten thousand clusters are begun in turns, too.
    const turn = newTurns();
    await Promise.all(
      owned.map(async ({ task, project }) => {
        const listed = await listClusters(task, project, admit, course);
        const fresh = new Set(listed.map(clusterKey));
        const believed = known(project.id).filter((cluster) => !fresh.has(clusterKey(cluster)));
        const reads: Promise<void>[] = [];
        for (const cluster of [...listed, ...believed]) {
          const key = clusterKey(cluster);
          const tracked = fleet.clusters.get(key);
          const reason = reasonToRead(options.reads, project, cluster, tracked, course.begunAt);
          if (reason === undefined) continue;
          reads.push(readCluster(task, cluster, { justListed: fresh.has(key), reason }, course));
          await turn();
        }
        await Promise.all(reads);
      }),
    );
    const { clusters, backups, schedules, unreliable, rejected, unknown } = course;
    const clustersOverLimit = owned.reduce(
      (sum, { project }) => sum + (memory.overLimit.get(project.id) ?? 0),
      0,
    );
    const anomalies = { rejected, unknown, clustersOverLimit, duplicateProjects: duplicates };
    const endedAt = options.clock();
    return { endedAt, projects: listings, clusters, backups, schedules, unreliable, anomalies };
  };
}

/** What outlives a pass besides the fleet. */
type Memory = {
  /** Projects of which a cluster turned out to be gone or of another kind since the last listing. */
  readonly outdated: Set<string>;
  /** By project: clusters of its last listing that were left out. */
  readonly overLimit: Map<string, number>;
};

/** One pass on its way: what it goes by, and what it has found so far. */
type Course = Memory & {
  readonly fleet: Fleet;
  readonly pass: Pass;
  readonly begunAt: UnixSeconds;
  readonly clock: Clock;
  readonly asksSchedules: boolean;
  readonly shard: Shard;
  /** Runs when there is room; what has the higher priority first. */
  readonly queued: <T>(work: () => Promise<T>, priority?: number) => Promise<T>;
  readonly note: (findings: Findings) => void;
  readonly projects: Map<string, Outcome<ProjectListing>>;
  readonly clusters: Map<string, Outcome<ClusterListing>>;
  readonly backups: Map<string, Outcome<Reading>>;
  readonly schedules: Map<string, Outcome<Schedule | undefined>>;
  readonly unreliable: Set<string>;
  readonly rejected: RejectionReason[];
  readonly unknown: UnknownValue[];
};

function newCourse(
  fleet: Fleet,
  pass: Pass,
  memory: Memory,
  { concurrency, clock, schedules, shard }: SurveyOptions,
): Course {
  const queue = new PQueue({ concurrency });
  const progress = { done: 0, total: 0 };
  const rejected: RejectionReason[] = [];
  const unknown: UnknownValue[] = [];
  return {
    ...memory,
    fleet,
    pass,
    begunAt: clock(),
    clock,
    asksSchedules: schedules,
    shard,
    queued: async (work, priority = 0) => {
      progress.total += 1;
      const result = await queue.add(work, { priority });
      progress.done += 1;
      pass.onProgress(progress.done, progress.total);
      return result;
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

/** Lists an account's projects when that is due, or the last listing failed or missed one named. */
async function listProjects({ account, readAccount }: Task, course: Course): Promise<void> {
  const known = course.fleet.accounts.get(account.name)?.listing;
  const complete = known?.kind === 'fresh' && known.value.length === 0;
  if (complete && !course.pass.discover) return;
  const listing = await course.queued(() =>
    readAccount(account.name, async () => {
      const { items, findings } = await account.client.list(endpoints.projects, {}, course.pass);
      course.note(findings);
      if (holdsUnusable(findings)) course.unreliable.add(account.name);
      return inScope(account, items);
    }),
  );
  course.projects.set(account.name, listing);
}

/** Lists a project's clusters when that is due; empty when it is not, or when it fails. */
async function listClusters(
  { account, read }: Task,
  project: Project,
  admit: (cluster: Cluster) => boolean,
  course: Course,
): Promise<readonly Cluster[]> {
  const listing = course.fleet.projects.get(project.id)?.listing;
  const outdated = course.outdated.delete(project.id);
  if (!course.pass.discover && listing?.kind === 'fresh' && !outdated) return [];
  const outcome = await course.queued(() =>
    read(project.id, async () => {
      const all = await listBothKinds(account, project.id, course);
      const selected = all.filter(({ name }) => account.selectsCluster(project, name));
      const ours = selected.filter((cluster) => isOurs(course.shard, clusterKey(cluster)));
      const found = ours.filter(admit);
      course.overLimit.set(project.id, ours.length - found.length);
      return { found, inScope: selected.length };
    }),
  );
  course.clusters.set(project.id, outcome);
  return outcome.kind === 'read' ? outcome.value.found : [];
}

async function listBothKinds(
  { client, api }: SurveyedAccount,
  groupId: string,
  { pass, note, unreliable }: Course,
): Promise<readonly Cluster[]> {
  const listings = [await client.list(endpoints.clusters, { groupId }, pass)];
  if (api === 'v2') listings.push(await client.list(endpoints.flexClusters, { groupId }, pass));
  for (const { findings } of listings) {
    note(findings);
    if (holdsUnusable(findings)) unreliable.add(groupId);
  }
  return coherent(
    groupId,
    listings.flatMap(({ items }) => items),
  );
}

/** One of the records was no project or cluster that could be told from others. */
function holdsUnusable({ rejected }: Findings): boolean {
  return rejected.some(({ reason }) => reason === 'schema');
}

async function readCluster(
  task: Task,
  cluster: Cluster,
  { justListed, reason }: { readonly justListed: boolean; readonly reason: ReadReason },
  course: Course,
): Promise<void> {
  const key = clusterKey(cluster);
  if (!canHaveBackups(cluster)) {
    // No call, so that no trouble with Atlas can make it fail.
    course.backups.set(key, { kind: 'read', value: noBackups, at: course.clock() });
    return;
  }
  const mayBeGone = !justListed && !course.unreliable.has(cluster.projectId);
  const context = { ...course, mayBeGone, thorough: course.pass.discover || reason === 'sweep' };
  // What was not read for longest goes first: when a poll cannot reach all, each has its turn.
  const priority = -readAt(course.fleet, cluster);
  const outcome = await course.queued(
    () => task.read(key, () => readBackups(task.account, cluster, context)),
    priority,
  );
  if (outcome.kind === 'read' && outcome.value === undefined) return;
  if (outcome.kind === 'failed') course.backups.set(key, outcome);
  else if (outcome.value) course.backups.set(key, { ...outcome, value: outcome.value });
  const listed = outcome.kind === 'read' ? outcome.value?.backups : undefined;
  const tracked = course.fleet.clusters.get(key);
  if (!course.asksSchedules || !asksSchedule(tracked, cluster, listed, course.begunAt)) return;
  const read = () => readSchedule(task.account.client, cluster, course.pass, course.note);
  course.schedules.set(key, await course.queued(() => task.read(key, read), priority));
}
