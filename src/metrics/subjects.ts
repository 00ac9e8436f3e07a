import type { Backups } from '../domain/backups.ts';
import { type ReadState, readState } from '../domain/coverage.ts';
import {
  type Fleet,
  type TrackedCluster,
  type TrackedProject,
  unfoundProjects,
} from '../domain/fleet.ts';
import { lastKnown } from '../domain/observed.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { Labels } from './encoding.ts';

/** What a per-cluster series is about. */
export type ClusterRow = TrackedCluster & {
  readonly account: string;
  readonly orgId: string;
  /** The last good reading, however old: for what is a timestamp, or made of one. */
  readonly known: Backups | undefined;
  /** The same until `poll.max_staleness`: for what does not age by itself. */
  readonly current: Backups | undefined;
  readonly state: ReadState;
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
export function clusterSubjects(
  fleet: Fleet,
  now: UnixSeconds,
  maxStalenessSeconds: number,
): readonly Subject<ClusterRow>[] {
  return sortedByKey(fleet.clusters).map((tracked) => {
    const { cluster, backups } = tracked;
    const project = fleet.projects.get(cluster.projectId);
    const known = lastKnown(backups);
    const state = readState(tracked, now, maxStalenessSeconds);
    return {
      identity: {
        project_id: cluster.projectId,
        project: project?.project.name ?? '',
        cluster: cluster.name,
      },
      row: {
        ...tracked,
        account: project?.account ?? '',
        orgId: project?.project.orgId ?? '',
        known,
        current: state === 'expired' ? undefined : known,
        state,
      },
    };
  });
}

/** Every project in scope, those that were named and not found last. */
export function projectSubjects(fleet: Fleet): readonly Subject<ProjectRow>[] {
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
  return [...tracked, ...new Map(unfound).values()].map((row) => ({
    row,
    identity: { project_id: row.id, project: row.name },
  }));
}

/** What somebody wrote into the configuration is an id or a name; the other is not known. */
function identified(named: string): { readonly id: string; readonly name: string } {
  return /^[0-9a-f]{24}$/.test(named) ? { id: named, name: '' } : { id: '', name: named };
}

function sortedByKey<T>(map: ReadonlyMap<string, T>): readonly T[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}
