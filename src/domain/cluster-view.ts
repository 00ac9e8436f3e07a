import { inBatches } from '../runtime/event-loop.ts';
import type { Backups } from './backups.ts';
import { canHaveBackups } from './cluster.ts';
import { lastCurrent, observedIn } from './collected.ts';
import { type ReadState, readState } from './coverage.ts';
import { type Due, dueOf } from './due.ts';
import { type Fleet, sortedByKey, type TrackedProject } from './fleet.ts';
import type { Generation } from './generation.ts';
import { type Objective, type ObjectiveRules, objectiveOf } from './objective.ts';
import { lastKnown } from './observed.ts';
import { type Plan, planKey } from './plan.ts';
import type { UnixSeconds } from './time.ts';
import type { TrackedCluster } from './tracked-cluster.ts';

/** All that is shown of one cluster at one moment: every page, series and alert is made of it. */
export type ClusterRow = TrackedCluster & {
  readonly account: string;
  readonly projectName: string;
  readonly orgId: string;
  /** The last good reading, however old: for what is a timestamp, or made of one. */
  readonly known: Backups | undefined;
  /** The same until `poll.max_staleness`: for what does not age by itself. */
  readonly current: Backups | undefined;
  readonly state: ReadState;
  /** The last known schedule, however old. */
  readonly knownPlan: Plan | undefined;
  /** The same, until its reads have failed for `poll.max_staleness`. */
  readonly currentPlan: Plan | undefined;
  /** What was read before that is stale; with a cadence of its own, before one period more. */
  readonly staleBefore: UnixSeconds;
  /** The announced run has passed, and Atlas could not be asked for the next. */
  readonly announcementOutdated: boolean;
  /** In force. Undefined: none can be told. */
  readonly objective: Objective | undefined;
  /** The configuration says that it needs no backup. */
  readonly exempt: boolean;
  /** The latest time by which one more completed snapshot must be visible. */
  readonly due: Due | undefined;
};

/** What decides, besides the fleet, what is shown of it. */
export type ShowRules = {
  readonly maxStalenessSeconds: number;
  readonly objectives: ObjectiveRules;
};

/** Every cluster, in an order that does not depend on how the answers came in. */
export function* clusterRows(
  fleet: Fleet,
  now: UnixSeconds,
  rules: ShowRules,
): Generator<void, readonly ClusterRow[]> {
  const rows: ClusterRow[] = [];
  yield* inBatches(sortedByKey(fleet.clusters), (tracked) => {
    rows.push(clusterRow(tracked, fleet.projects.get(tracked.cluster.projectId), now, rules));
  });
  return rows;
}

function clusterRow(
  tracked: TrackedCluster,
  project: TrackedProject | undefined,
  now: UnixSeconds,
  { maxStalenessSeconds, objectives }: ShowRules,
): ClusterRow {
  const { cluster, backups, collected, changes } = tracked;
  const plan = observedIn(collected, planKey);
  const staleBefore = now - maxStalenessSeconds;
  const known = lastKnown(backups);
  const state = readState(tracked, now, maxStalenessSeconds);
  const knownPlan = lastKnown(plan);
  const next = knownPlan?.schedule.nextSnapshotAt;
  const facts = { cluster, plan: knownPlan, known };
  const stated = project && objectiveOf(objectives, project.project, facts);
  const objective = stated === 'exempt' ? undefined : stated;
  return {
    ...tracked,
    account: project?.account ?? '',
    projectName: project?.project.name ?? '',
    orgId: project?.project.orgId ?? '',
    known,
    current: state === 'expired' ? undefined : known,
    state,
    knownPlan,
    currentPlan: lastCurrent(plan, planKey, staleBefore),
    staleBefore,
    announcementOutdated: plan.kind === 'stale' && next !== undefined && next <= now,
    objective,
    exempt: stated === 'exempt',
    due: dueOf({ cluster, known, changes }, objective, objectives.graceSeconds),
  };
}

/**
 * How many clusters are in each state of reading. Without those that cannot have backups: nothing is
 * read of them, so they would count as fresh when nothing can be read at all.
 */
export function countStates(
  { fleet }: Generation,
  now: UnixSeconds,
  maxStalenessSeconds: number,
): Record<ReadState, number> {
  const counts = { fresh: 0, stale: 0, expired: 0, unread: 0 };
  for (const tracked of fleet.clusters.values()) {
    if (!canHaveBackups(tracked.cluster)) continue;
    counts[readState(tracked, now, maxStalenessSeconds)] += 1;
  }
  return counts;
}
