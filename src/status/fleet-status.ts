import type { Severity } from '../alerting/alert.ts';
import { type State, stateNames } from '../alerting/states.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { type FleetLine, type FleetOrder, ordered } from './fleet-order.ts';
import { judge } from './judgement.ts';
import type { StatusView } from './view.ts';

/** Which clusters somebody asks for, and which part of the list. */
export type FleetQuery = {
  /** Found anywhere in the name of a project, in any case, or its whole id. Empty: all. */
  readonly project: string;
  /** Found anywhere in the name of a cluster, in any case. Empty: all. */
  readonly cluster: string;
  readonly state: State | undefined;
  readonly order: FleetOrder;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
};

export type Counts = {
  readonly total: number;
  /** A state that no cluster is in is missing. */
  readonly byState: ReadonlyMap<State, number>;
  /** By the severity of the worst condition; `none`: without a condition. */
  readonly bySeverity: Readonly<Record<Severity | 'none', number>>;
  /** Of those without a condition. */
  readonly calmByState: ReadonlyMap<State, number>;
};

export type FleetStatus = {
  /** Of the clusters whose project and name are as asked for, in whatever state. */
  readonly counts: Counts;
  /** How many are in the state asked for, too. */
  readonly matching: number;
  /** At least 1. */
  readonly pages: number;
  /** Those of the page asked for; none when it is behind the last. */
  readonly lines: readonly FleetLine[];
};

/** Judges each cluster once, however many there are, and keeps one page of them. */
export function fleetStatus({ rows, context }: StatusView, query: FleetQuery): FleetStatus {
  const named = namedAsIn(rows, query).map((row) => ({ row, judgement: judge(row, context) }));
  const wanted =
    query.state === undefined
      ? named
      : named.filter(({ judgement }) => judgement.state === query.state);
  const from = (query.page - 1) * query.perPage;
  return {
    counts: countsOf(named),
    matching: wanted.length,
    pages: Math.max(1, Math.ceil(wanted.length / query.perPage)),
    lines: ordered(wanted, query.order).slice(from, from + query.perPage),
  };
}

function namedAsIn(
  rows: readonly ClusterRow[],
  { project, cluster }: FleetQuery,
): readonly ClusterRow[] {
  if (project === '' && cluster === '') return rows;
  const [inProject, inCluster] = [project.toLowerCase(), cluster.toLowerCase()];
  return rows.filter(
    ({ projectName, cluster: { name, projectId } }) =>
      (projectName.toLowerCase().includes(inProject) || projectId === inProject) &&
      name.toLowerCase().includes(inCluster),
  );
}

function countsOf(lines: readonly FleetLine[]): Counts {
  const bySeverity = { critical: 0, warning: 0, info: 0, none: 0 };
  for (const { judgement } of lines) bySeverity[judgement.severity ?? 'none'] += 1;
  const calm = lines.filter(({ judgement }) => judgement.severity === undefined);
  return {
    total: lines.length,
    byState: byState(lines),
    bySeverity,
    calmByState: byState(calm),
  };
}

/** The most urgent state first. */
function byState(lines: readonly FleetLine[]): ReadonlyMap<State, number> {
  const counted = Map.groupBy(lines, ({ judgement }) => judgement.state);
  const inOrder = stateNames.flatMap((state) => {
    const found = counted.get(state);
    return found === undefined ? [] : [[state, found.length] as const];
  });
  return new Map(inOrder);
}
