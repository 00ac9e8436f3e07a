import { severities } from '../alerting/alert.ts';
import { stateNames } from '../alerting/states.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { lastReadAt } from '../domain/observed.ts';
import type { Judgement } from './judgement.ts';

/** A cluster, and what there is to say of it. */
export type FleetLine = { readonly row: ClusterRow; readonly judgement: Judgement };

type Value = number | string | undefined;
type Key = (line: FleetLine) => Value;

const rankOf = new Map(stateNames.map((state, rank) => [state, rank]));

/** What a list of clusters can be sorted by. Where a cluster has no such value it comes last. */
const keys = {
  severity: ({ judgement }) => severityRank(judgement),
  cluster: ({ row }) => row.cluster.name,
  newest: ({ row }) => row.known?.newestCompleted?.takenAt,
  due: ({ row }) => row.due?.at,
  size: ({ row }) => row.current?.newestCompleted?.sizeBytes,
  expires: ({ row }) => row.known?.newestCompleted?.expiresAt,
  recoverable: ({ row }) => row.known?.recoverableUntil,
  kept: ({ row }) => row.current?.counts.completed,
  read: ({ row }) => lastReadAt(row.backups),
} as const satisfies Record<string, Key>;

export type SortKey = keyof typeof keys;
export const sortKeys = Object.keys(keys) as readonly SortKey[];
export const directions = ['ascending', 'descending'] as const;

export type FleetOrder = {
  readonly by: SortKey;
  readonly direction: (typeof directions)[number];
};

/** Sorted; clusters that are the same in this are in the order of their urgency. */
export function ordered(
  lines: readonly FleetLine[],
  { by, direction }: FleetOrder,
): readonly FleetLine[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const first: Key = keys[by];
  // Each key is worked out once a line, not once a comparison.
  return lines
    .map((line) => sortable(line, first(line)))
    .sort(
      (one, other) =>
        compared(one.first, other.first, sign) ||
        one.urgency - other.urgency ||
        one.due - other.due ||
        byName(one.line.row, other.line.row),
    )
    .map(({ line }) => line);
}

function sortable(line: FleetLine, first: Value) {
  const { row, judgement } = line;
  return {
    line,
    first,
    urgency: severityRank(judgement) * rankOf.size + (rankOf.get(judgement.state) ?? 0),
    due: row.due?.at ?? Number.MAX_VALUE,
  };
}

/** The worst is 0; without any it is the highest. */
function severityRank({ severity }: Judgement): number {
  return severity === undefined ? severities.length : severities.indexOf(severity);
}

function byName(one: ClusterRow, other: ClusterRow): number {
  return (
    compared(one.cluster.name, other.cluster.name, 1) ||
    compared(one.projectName, other.projectName, 1) ||
    compared(one.cluster.projectId, other.cluster.projectId, 1)
  );
}

function compared(one: Value, other: Value, sign: 1 | -1): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -sign : sign;
}
