import { type Severity, severities } from '../alerting/alert.ts';
import type { EvaluationContext } from '../alerting/evaluation.ts';
import { type State, states } from '../alerting/states.ts';
import { readRecently } from '../alerting/unread.ts';
import {
  type AlertCondition,
  alertConditions,
  decidingConditions,
} from '../collectors/conditions.ts';
import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { type Phrase, say } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';

/** The condition of a shipped alert that is true now. */
export type TrueCondition = {
  readonly condition: AlertCondition;
  /** Since when by what was read. Undefined: nothing tells. */
  readonly since: UnixSeconds | undefined;
};

/** What there is to say of one cluster now. */
export type Judgement = {
  readonly state: State;
  /** The one that says most first. */
  readonly conditions: readonly TrueCondition[];
  /** The worst of the conditions. Undefined: there is none. */
  readonly severity: Severity | undefined;
};

export function judge(row: ClusterRow, context: EvaluationContext): Judgement {
  const conditions = conditionsOf(row, context);
  return {
    state: row.backups.kind === 'pending' ? 'pending' : stateOf(row, conditions, context),
    conditions,
    severity: severities.find((one) =>
      conditions.some(({ condition }) => condition.severity === one),
    ),
  };
}

/** A plain loop: a page of ten thousand clusters asks every one of them every question. */
export function conditionsOf(
  row: ClusterRow,
  context: EvaluationContext,
): readonly TrueCondition[] {
  const conditions: TrueCondition[] = [];
  for (const condition of alertConditions) {
    const since = condition.holds(row, context);
    if (since === undefined) continue;
    conditions.push({ condition, since: since === 'unknown' ? undefined : since });
  }
  return conditions;
}

/** By the first condition that decides one, as the most urgent comes first. */
function stateOf(
  row: ClusterRow,
  conditions: readonly TrueCondition[],
  context: EvaluationContext,
): State {
  for (const { condition } of conditions) {
    if (condition.alert.decides !== undefined) return condition.alert.decides;
  }
  return stateWithoutAlert(row, context);
}

function stateWithoutAlert(row: ClusterRow, context: EvaluationContext): State {
  const { cluster, exempt, due } = row;
  // Also while its alert is inhibited, because the whole exporter sees nothing: what is old proves nothing.
  if (!readRecently(row, context)) return 'not_readable';
  if (!canHaveBackups(cluster)) return 'unsupported';
  if (exempt) return 'exempt';
  if (!cluster.backupEnabled) return 'disabled';
  if (cluster.paused === true) return 'paused';
  if (due === undefined) return 'no_objective';
  return row.known?.newestCompleted ? 'ok' : 'awaiting_first';
}

/** Why a cluster is in its state, as one or two sentences. */
export function reasonOf(
  row: ClusterRow,
  { state, conditions }: Judgement,
  context: EvaluationContext,
): Phrase {
  const met = conditions.map(({ condition }) => condition);
  // It may be inhibited, and its words hold all the same.
  const unread = state === 'not_readable' ? decidingConditions(state)[0] : undefined;
  const shown = met.find(({ alert }) => alert.decides === state) ?? unread ?? met[0];
  return shown === undefined ? say`${states[state].means}` : shown.alert.says(row, context);
}
