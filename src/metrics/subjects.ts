import type { Backups } from '../domain/backups.ts';
import { type ReadState, readState } from '../domain/coverage.ts';
import { type Due, dueOf } from '../domain/due.ts';
import { type Fleet, type TrackedProject, unfoundProjects } from '../domain/fleet.ts';
import { type Objective, type ObjectiveRules, objectiveOf } from '../domain/objective.ts';
import { lastKnown, lastReadAt } from '../domain/observed.ts';
import type { Plan } from '../domain/plan.ts';
import { longestScheduleAgeSeconds } from '../domain/schedule-reads.ts';
import { isOurs, type Shard } from '../domain/shard.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { TrackedCluster } from '../domain/tracked-cluster.ts';
import { inSteps } from '../runtime/steps.ts';
import type { Labels } from './encoding.ts';

/** What a per-cluster series is about. */
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

/** What a per-project series is about. */
export type ProjectRow = {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  /** Absent: named in the configuration, and never found. */
  readonly tracked: TrackedProject | undefined;
};

/** A thing of the fleet together with the text of the labels that identify it. */
export type Subject<Row> = { readonly row: Row; readonly identity: Labels };

/** Every cluster, in an order that does not depend on how the answers came in. */
export function* clusterSubjects(
  fleet: Fleet,
  now: UnixSeconds,
  rules: ShowRules,
): Generator<void, readonly Subject<ClusterRow>[]> {
  const subjects: Subject<ClusterRow>[] = [];
  yield* inSteps(sortedByKey(fleet.clusters), (tracked) => {
    const { cluster } = tracked;
    const row = clusterRow(tracked, fleet.projects.get(cluster.projectId), now, rules);
    subjects.push({
      identity: {
        project_id: cluster.projectId,
        project: row.projectName,
        cluster: cluster.name,
      },
      row,
    });
  });
  return subjects;
}

function clusterRow(
  tracked: TrackedCluster,
  project: TrackedProject | undefined,
  now: UnixSeconds,
  { maxStalenessSeconds, objectives }: ShowRules,
): ClusterRow {
  const { cluster, backups, plan, changes } = tracked;
  const known = lastKnown(backups);
  const state = readState(tracked, now, maxStalenessSeconds);
  const knownPlan = lastKnown(plan);
  const planAge = now - (lastReadAt(plan) ?? now);
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
    currentPlan: planAge > maxStalenessSeconds + longestScheduleAgeSeconds ? undefined : knownPlan,
    announcementOutdated: plan.kind === 'stale' && next !== undefined && next <= now,
    objective,
    exempt: stated === 'exempt',
    due: dueOf({ cluster, known, changes }, objective, objectives.graceSeconds),
  };
}

/**
 * Every project in scope that this shard speaks of, those that were named and not found last. Each
 * shard lists all of them, and one of them writes about each.
 */
export function projectSubjects(fleet: Fleet, shard: Shard): readonly Subject<ProjectRow>[] {
  const tracked = sortedByKey(fleet.projects).map((one) => ({
    id: one.project.id,
    name: one.project.name,
    account: one.account,
    tracked: one,
  }));
  const known = new Set(tracked.flatMap(({ id, name }) => [id, name]));
  const unfound = [...fleet.accounts].flatMap(([account, one]) =>
    unfoundProjects(one)
      .filter((named) => !known.has(named))
      .map((named) => [named, { ...identified(named), account, tracked: undefined }] as const),
  );
  // Two accounts may name, and miss, the same one.
  const ours = [...tracked, ...new Map(unfound).values()].filter(({ id, name }) =>
    isOurs(shard, id || name),
  );
  return ours.map((row) => ({
    row,
    identity: { project_id: row.id, project: row.name },
  }));
}

/** What somebody wrote into the configuration is an id or a name; the other is not known. */
function identified(named: string): { readonly id: string; readonly name: string } {
  return /^[0-9a-f]{24}$/.test(named) ? { id: named, name: '' } : { id: '', name: named };
}

function sortedByKey<T>(map: ReadonlyMap<string, T>): readonly T[] {
  return [...map.keys()].sort().flatMap((key) => map.get(key) ?? []);
}
