import { evaluationContext } from '../../src/alerting/blind.ts';
import type { ClusterRow } from '../../src/domain/cluster-view.ts';
import { clusterRows } from '../../src/domain/cluster-view.ts';
import { collectorNames } from '../../src/domain/collectors.ts';
import type { Fleet } from '../../src/domain/fleet.ts';
import { firstGeneration, type Generation } from '../../src/domain/generation.ts';
import type { ObjectiveRules } from '../../src/domain/objective.ts';
import { type Phrase, plainText } from '../../src/domain/phrase.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { runToEnd } from '../../src/runtime/event-loop.ts';
import { conditionHistory, noConditionHistory } from '../../src/status/condition-history.ts';
import type { StatusView } from '../../src/status/view.ts';
import { hour, noon } from '../domain/snapshots.ts';
import { emptyView } from '../web/views.ts';

const hourOfGrace: ObjectiveRules = { graceSeconds: hour, stated: () => undefined };

type Given = {
  readonly now?: UnixSeconds;
  readonly polledAt?: UnixSeconds;
  readonly objectives?: ObjectiveRules;
  readonly polls?: Partial<Generation['polls']>;
};

/** What is shown of a fleet that was polled once, at noon, with an interval of five minutes. */
export async function viewOf(
  fleet: Fleet,
  { now = noon, polledAt = noon, objectives = hourOfGrace, polls = {} }: Given = {},
): Promise<StatusView> {
  const first = firstGeneration(fleet, collectorNames);
  const polled = { lastCompletedAt: polledAt, lastSuccessAt: polledAt, lastDurationSeconds: 0 };
  const generation = { ...first, number: 1, polls: { ...first.polls, ...polled, ...polls } };
  const at = async (moment: UnixSeconds) => {
    const rules = { maxStalenessSeconds: hour, objectives };
    const rows = runToEnd(clusterRows(fleet, moment, rules));
    return {
      rows,
      context: evaluationContext(generation, rows, {
        now: moment,
        pollIntervalSeconds: 300,
        sweepIntervalSeconds: 0,
      }),
    };
  };
  const then = await at(polledAt);
  return {
    ...emptyView,
    generation,
    ...(await at(now)),
    history: runToEnd(conditionHistory(noConditionHistory, then.rows, then.context)),
  };
}

/** The only cluster of a view. */
export function onlyRow({ rows }: StatusView): ClusterRow {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} clusters`);
  return row;
}

export function texts(phrases: readonly (Phrase | undefined)[]): readonly string[] {
  return phrases.map((phrase) => (phrase === undefined ? '' : plainText(phrase)));
}
