import type { ReadReason } from '../../domain/backup-reads.ts';
import { type Cluster, canHaveBackups, clusterKey } from '../../domain/cluster.ts';
import { failureOf, lastKnown, type Outcome } from '../../domain/observed.ts';
import type { Reading } from '../../domain/report.ts';
import { asksSchedule } from '../../domain/schedule-reads.ts';
import type { Need } from '../transport/patience.ts';
import type { Course } from './course.ts';
import { noBackups, readBackups } from './read-backups.ts';
import { readSchedule } from './read-schedule.ts';
import { readAt, type Task } from './scope.ts';

/** What was refused in the poll before as well is asked so often again, when all else has been read. */
const mostAgain = 2;
const last = Number.NEGATIVE_INFINITY;

/** A cluster that is to be read in a pass, and why. */
export type ClusterRead = {
  readonly cluster: Cluster;
  readonly justListed: boolean;
  readonly reason: ReadReason;
};

/**
 * Reads clusters of one project. What was not read for longest goes first, among all projects: when a
 * poll cannot reach all, each has its turn. Of each project one waits in the queue, not all of them:
 * ten thousand reads that wait for their turn would grow old in memory, and be collected late.
 */
export async function readClusters(
  task: Task,
  wanted: readonly ClusterRead[],
  course: Course,
): Promise<void> {
  const reads: Promise<void>[] = [];
  const readable = wanted.filter(({ cluster }) => {
    if (canHaveBackups(cluster)) return true;
    // No call, so that no trouble with Atlas can make it fail.
    const nothing = { kind: 'read', value: noBackups, at: course.clock() } as const;
    course.backups.set(clusterKey(cluster), nothing);
    return false;
  });
  course.expect(readable.length);
  const longestUnread = readable
    .map((one) => ({ one, at: readAt(course.fleet, one.cluster) }))
    .sort((a, b) => a.at - b.at);
  for (const { one, at } of longestUnread) {
    // The queue counts it from now on.
    course.expect(-1);
    await new Promise<void>((begun) => {
      reads.push(readCluster(task, one, { priority: -at, begun }, course));
    });
  }
  await Promise.all(reads);
}

/** Reads the snapshots of a cluster, and its schedule when that is due. */
async function readCluster(
  task: Task,
  { cluster, justListed, reason }: ClusterRead,
  { priority, begun }: { readonly priority: number; readonly begun: () => void },
  course: Course,
): Promise<void> {
  const key = clusterKey(cluster);
  const mayBeGone = !justListed && !course.unreliable.has(cluster.projectId);
  const tracked = course.fleet.clusters.get(key);
  const behind = tracked !== undefined && failureOf(tracked.backups) !== undefined;
  const thorough = course.pass.discover || reason === 'sweep';
  const known = tracked && lastKnown(tracked.backups);
  const { note, outdated } = course;
  const backups = (need: Need, first: number) => {
    const pass = need === 'usual' ? course.pass : { ...course.pass, need };
    const context = { known, pass, note, outdated, mayBeGone, thorough };
    const read = () => readBackups(task.account, cluster, context);
    return course.queued(() => {
      begun();
      return task.read(key, read);
    }, first);
  };
  let outcome = await backups(behind ? 'behind' : 'usual', priority);
  for (let more = 0; behind && isRefused(outcome) && more < mostAgain; more += 1) {
    const again = await backups('again', last);
    if (again.kind === 'read') outcome = again;
  }
  if (outcome.kind === 'read' && outcome.value === undefined) return;
  if (outcome.kind === 'failed') course.backups.set(key, outcome);
  else if (outcome.value) course.backups.set(key, { ...outcome, value: outcome.value });
  const listed = outcome.kind === 'read' ? outcome.value?.backups : undefined;
  if (!course.asksSchedules || !asksSchedule(tracked, cluster, listed, course.begunAt)) return;
  const read = () => readSchedule(task.account.client, cluster, course.pass, course.note);
  course.schedules.set(key, await course.queued(() => task.read(key, read), priority));
}

function isRefused(outcome: Outcome<Reading | undefined>): boolean {
  return outcome.kind === 'failed' && outcome.failure.reason === 'rate_limited';
}
