import type { ReadReason } from '../domain/backup-reads.ts';
import { type Cluster, canHaveBackups, clusterKey } from '../domain/cluster.ts';
import { failureOf, type Outcome } from '../domain/observed.ts';
import type { Reading } from '../domain/report.ts';
import { asksSchedule } from '../domain/schedule-reads.ts';
import type { Course } from './course.ts';
import type { Need } from './patience.ts';
import { noBackups, readBackups } from './read-backups.ts';
import { readSchedule } from './read-schedule.ts';
import { readAt, type Task } from './scope.ts';

/** What was refused in the poll before as well is asked so often again, when all else has been read. */
const mostAgain = 2;
const last = Number.NEGATIVE_INFINITY;

/** Reads the snapshots of a cluster, and its schedule when that is due. */
export async function readCluster(
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
  const tracked = course.fleet.clusters.get(key);
  const behind = tracked !== undefined && failureOf(tracked.backups) !== undefined;
  const thorough = course.pass.discover || reason === 'sweep';
  const backups = (need: Need, priority: number) => {
    const context = { ...course, pass: { ...course.pass, need }, mayBeGone, thorough };
    const read = () => readBackups(task.account, cluster, context);
    return course.queued(() => task.read(key, read), priority);
  };
  // What was not read for longest goes first: when a poll cannot reach all, each has its turn.
  const priority = -readAt(course.fleet, cluster);
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
