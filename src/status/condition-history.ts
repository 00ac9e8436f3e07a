import type { EvaluationContext } from '../alerting/evaluation.ts';
import type { AlertCondition } from '../collectors/conditions.ts';
import type { Cluster } from '../domain/cluster.ts';
import { clusterKey } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { inBatches } from '../runtime/event-loop.ts';
import { conditionsOf } from './judgement.ts';

/** Since when each condition of each cluster has been known: the end of the poll that first met it. */
export type ConditionHistory = {
  /** The end of the first poll: what was seen then may have been so for longer. */
  readonly beganAt: UnixSeconds | undefined;
  /** By cluster key, and then by condition; a cluster without conditions is missing. */
  readonly seen: ReadonlyMap<string, ReadonlyMap<AlertCondition, UnixSeconds>>;
};

export const noConditionHistory: ConditionHistory = { beganAt: undefined, seen: new Map() };

/** After one more poll, or another rendering of the same one. */
export function* conditionHistory(
  before: ConditionHistory,
  rows: readonly ClusterRow[],
  context: EvaluationContext,
): Generator<void, ConditionHistory> {
  const seen = new Map<string, ReadonlyMap<AlertCondition, UnixSeconds>>();
  yield* inBatches(rows, (row) => {
    const conditions = conditionsOf(row, context).map(({ condition }) => condition);
    if (conditions.length === 0) return;
    const key = clusterKey(row.cluster);
    const earlier = before.seen.get(key);
    seen.set(key, new Map(conditions.map((one) => [one, earlier?.get(one) ?? context.now])));
  });
  return { beganAt: before.beganAt ?? context.now, seen };
}

/** When a condition was first met. Undefined: not yet by any poll, or not of this cluster. */
export function firstSeen(
  { seen }: ConditionHistory,
  cluster: Cluster,
  condition: AlertCondition,
): UnixSeconds | undefined {
  return seen.get(clusterKey(cluster))?.get(condition);
}
