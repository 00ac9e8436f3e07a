import type { ClusterRow } from '../domain/cluster-view.ts';
import { type Fleet, missingProjects, sortedByKey, type TrackedProject } from '../domain/fleet.ts';
import { isOurs, type Shard } from '../domain/shard.ts';
import { inBatches } from '../runtime/event-loop.ts';
import type { Labels } from './encoding.ts';

/** What a per-project series is about. */
export type ProjectRow = {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  /** Absent: named in the configuration, and never found. */
  readonly tracked: TrackedProject | undefined;
};

/** The labels that every series of a cluster begins with: rules join on them. */
export type ClusterIdentity = Readonly<Record<'project_id' | 'project' | 'cluster', string>>;
export type ProjectIdentity = Readonly<Record<'project_id' | 'project', string>>;

/** A thing of the fleet together with the labels that identify it. */
export type Subject<Row, Identity extends Labels = Labels> = {
  readonly row: Row;
  readonly identity: Identity;
};

type ClusterSubject = Subject<ClusterRow, ClusterIdentity>;
type ProjectSubject = Subject<ProjectRow, ProjectIdentity>;

export function* clusterSubjects(
  rows: readonly ClusterRow[],
): Generator<void, readonly ClusterSubject[]> {
  const subjects: ClusterSubject[] = [];
  yield* inBatches(rows, (row) => {
    const { projectId, name } = row.cluster;
    const identity = { project_id: projectId, project: row.projectName, cluster: name };
    subjects.push({ row, identity });
  });
  return subjects;
}

/**
 * Every project in scope that this shard speaks of, those that were named and not found last. Each
 * shard lists all of them, and one of them writes about each.
 */
export function projectSubjects(fleet: Fleet, shard: Shard): readonly ProjectSubject[] {
  const tracked = sortedByKey(fleet.projects).map((one) => ({
    id: one.project.id,
    name: one.project.name,
    account: one.account,
    tracked: one,
  }));
  const known = new Set(tracked.flatMap(({ id, name }) => [id, name]));
  const missing = [...fleet.accounts].flatMap(([account, one]) =>
    missingProjects(one)
      .filter((named) => !known.has(named))
      .map((named) => [named, { ...identified(named), account, tracked: undefined }] as const),
  );
  // Two accounts may name, and miss, the same one.
  const ours = [...tracked, ...new Map(missing).values()].filter(({ id, name }) =>
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
