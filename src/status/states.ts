import type { Severity } from '../alerting/alert.ts';
import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { type Phrase, say } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { deadlineMirrors, unreadSince } from './deadline-mirrors.ts';
import type { EvaluationContext, Mirror } from './mirror.ts';
import { scheduleMirrors } from './schedule-mirrors.ts';
import { snapshotMirrors } from './snapshot-mirrors.ts';
import { decidingAlerts, type State, states } from './vocabulary.ts';

/** Every shipped alert about one cluster, the one that says most about it first. */
export const mirrors: readonly Mirror[] = [
  ...deadlineMirrors,
  ...snapshotMirrors,
  ...scheduleMirrors,
];

/** A shipped alert whose expression holds now. */
export type Condition = {
  readonly mirror: Mirror;
  /** Since when by what was read. Undefined: nothing tells. */
  readonly since: UnixSeconds | undefined;
};

/** What there is to say of one cluster now. */
export type Judgement = {
  readonly state: State;
  readonly conditions: readonly Condition[];
  /** The worst of the conditions. Undefined: there is none. */
  readonly severity: Severity | undefined;
};

const severities: readonly Severity[] = ['critical', 'warning', 'info'];

export function judge(row: ClusterRow, context: EvaluationContext): Judgement {
  const conditions = conditionsOf(row, context);
  return {
    state: row.backups.kind === 'pending' ? 'pending' : stateOf(row, conditions, context),
    conditions,
    severity: severities.find((one) =>
      conditions.some(({ mirror }) => mirror.alert.severity === one),
    ),
  };
}

/** A plain loop: a page of ten thousand clusters asks every one of them every question. */
export function conditionsOf(row: ClusterRow, context: EvaluationContext): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const mirror of mirrors) {
    const since = mirror.since(row, context);
    if (since === undefined) continue;
    conditions.push({ mirror, since: since === 'unknown' ? undefined : since });
  }
  return conditions;
}

function stateOf(
  row: ClusterRow,
  conditions: readonly Condition[],
  context: EvaluationContext,
): State {
  if (conditions.length === 0) return quietState(row, context);
  const deciding = decidingAlerts.find(([alert]) =>
    conditions.some(({ mirror }) => mirror.alert.name === alert),
  );
  return deciding?.[1] ?? quietState(row, context);
}

/** The state of a cluster that no alert decides. */
function quietState(row: ClusterRow, context: EvaluationContext): State {
  const { cluster, exempt, due } = row;
  // Also while its alert is quiet, because the whole exporter sees nothing: what is old proves nothing.
  if (unreadSince(row, context) !== undefined) return 'blind';
  if (!canHaveBackups(cluster)) return 'unsupported';
  if (exempt) return 'exempt';
  if (!cluster.backupEnabled) return 'disabled';
  if (cluster.paused === true) return 'paused';
  if (due === undefined) return 'no_objective';
  return row.known?.newestCompleted ? 'met' : 'first_due';
}

/** Why a cluster is in its state, as one or two sentences. */
export function reasonOf(
  row: ClusterRow,
  { state, conditions }: Judgement,
  context: EvaluationContext,
): Phrase {
  const decides = ({ alert }: Mirror) =>
    decidingAlerts.some(([name, of]) => of === state && name === alert.name);
  const holding = conditions.map(({ mirror }) => mirror);
  const unread = state === 'blind' ? mirrors.find(decides) : undefined;
  const shown = holding.find(decides) ?? unread ?? holding[0];
  return shown === undefined ? say`${states[state].means}` : shown.says(row, context);
}
