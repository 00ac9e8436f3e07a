import { type Cluster, canHaveBackups, type Project } from './cluster.ts';
import { observedIn } from './collected.ts';
import { dueOf } from './due.ts';
import { dailySeconds, type ObjectiveRules, objectiveOf } from './objective.ts';
import { lastKnown } from './observed.ts';
import { planKey } from './plan.ts';
import { hasSchedule } from './schedule.ts';
import { hasPassedBetween } from './sweep.ts';
import type { UnixSeconds } from './time.ts';
import type { TrackedCluster } from './tracked-cluster.ts';

/** Whose snapshots a poll asks for. */
export type ReadRules =
  | { readonly mode: 'full' }
  | {
      readonly mode: 'adaptive';
      /** Between two polls. */
      readonly intervalSeconds: number;
      /** No cluster goes unasked for longer; at least two intervals. */
      readonly sweepIntervalSeconds: number;
      readonly objectives: ObjectiveRules;
    };

/**
 * Why a cluster is asked: `always` when there is no choice to be made; `unread` when the last read
 * did not work; `changed` by its project's listing; `pending` while a snapshot has not ended;
 * `expected` from when its schedule says that there is a new one, until it is seen, and when no
 * schedule tells; `expired` when Atlas should have deleted the newest one known; `late` past its due
 * time; `sweep` when nothing is expected of it.
 */
export type ReadReason =
  | 'always'
  | 'unread'
  | 'changed'
  | 'pending'
  | 'expected'
  | 'expired'
  | 'late'
  | 'sweep';

/**
 * Why to ask for a cluster's snapshots in a poll that begins now; undefined: do not.
 * @param tracked what was known when the poll began
 * @param cluster by its project's last listing, perhaps one of this poll
 */
export function reasonToRead(
  rules: ReadRules,
  project: Project,
  cluster: Cluster,
  tracked: TrackedCluster | undefined,
  now: UnixSeconds,
): ReadReason | undefined {
  // Nothing is asked of Atlas for a cluster that can have none.
  if (rules.mode === 'full' || !canHaveBackups(cluster)) return 'always';
  if (tracked?.backups.kind !== 'fresh') return 'unread';
  if (tracked.absences > 0 || differs(tracked.cluster, cluster)) return 'changed';
  const { at, value: known } = tracked.backups;
  const { queued, in_progress, other } = known.counts;
  if (queued + in_progress + other > 0) return 'pending';
  if (expectsSnapshot(tracked, now)) return 'expected';
  if ((known.newestCompleted?.expiresAt ?? Infinity) <= now) return 'expired';
  if (isLate(rules.objectives, project, tracked, now)) return 'late';
  return hasPassedBetween(at, now, {
    // What comes round in this time is seen by the poll after it.
    everySeconds: rules.sweepIntervalSeconds - rules.intervalSeconds,
    of: cluster.id,
  })
    ? 'sweep'
    : undefined;
}

/** In what its backups can depend on. */
function differs(before: Cluster, after: Cluster): boolean {
  return (
    before.id !== after.id ||
    before.topology !== after.topology ||
    before.instanceSize !== after.instanceSize ||
    before.paused !== after.paused ||
    before.backupEnabled !== after.backupEnabled ||
    before.pitEnabled !== after.pitEnabled
  );
}

/** Whether its schedule lets a snapshot be there that is not known yet. */
function expectsSnapshot(tracked: TrackedCluster, now: UnixSeconds): boolean {
  const { cluster, backups, collected, changes, awaitedRunAt } = tracked;
  const plan = observedIn(collected, planKey);
  if (cluster.paused === true || !cluster.backupEnabled) return false;
  const facts = { cluster, known: lastKnown(backups), changes };
  const passed = (at: UnixSeconds | undefined) => at !== undefined && at <= now;
  if (!hasSchedule(cluster)) {
    return passed(dueOf(facts, { seconds: dailySeconds, source: 'flex' }, 0)?.at);
  }
  if (plan.kind !== 'fresh' || plan.value === undefined) return true;
  const { schedule, expectedIntervalSeconds: seconds } = plan.value;
  const { nextSnapshotAt, policyItems } = schedule;
  const fires = policyItems.some(({ frequency }) => frequency !== 'on_demand');
  return (
    awaitedRunAt !== undefined ||
    (fires && nextSnapshotAt === undefined) ||
    passed(nextSnapshotAt) ||
    (seconds !== undefined && passed(dueOf(facts, { seconds, source: 'schedule' }, 0)?.at))
  );
}

function isLate(
  objectives: ObjectiveRules,
  project: Project,
  { cluster, backups, collected, changes }: TrackedCluster,
  now: UnixSeconds,
): boolean {
  const known = lastKnown(backups);
  const plan = lastKnown(observedIn(collected, planKey));
  const objective = objectiveOf(objectives, project, { cluster, plan, known });
  if (objective === undefined || objective === 'exempt') return false;
  const due = dueOf({ cluster, known, changes }, objective, objectives.graceSeconds);
  return due !== undefined && due.at <= now;
}
