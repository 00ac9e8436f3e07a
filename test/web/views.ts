import { evaluationContext } from '../../src/alerting/blind.ts';
import { type Fleet, newFleet } from '../../src/domain/fleet.ts';
import { firstGeneration, type Generation } from '../../src/domain/generation.ts';
import { runToEnd } from '../../src/runtime/event-loop.ts';
import { conditionHistory, noConditionHistory } from '../../src/status/condition-history.ts';
import type { StatusView } from '../../src/status/view.ts';
import { noon } from '../domain/snapshots.ts';
import { rowsOf } from '../metrics/pages.ts';

/** Polled a second ago, with failures. */
function polled(fleet: Fleet): Generation {
  const { polls } = firstGeneration(fleet, ['clusters', 'snapshots', 'schedule']);
  const seen = { lastCompletedAt: noon - 1, lastSuccessAt: noon - 301, lastDurationSeconds: 0.5 };
  return {
    number: 3,
    fleet,
    polls: { ...polls, ...seen, collectors: { clusters: true, snapshots: false, schedule: true } },
  };
}

/** What there is to show of a fleet at noon. */
export async function viewOf(fleet: Fleet, more: Partial<StatusView> = {}): Promise<StatusView> {
  const generation = polled(fleet);
  const rows = rowsOf(fleet);
  const context = evaluationContext(generation, rows, {
    now: noon,
    pollIntervalSeconds: 300,
    sweepIntervalSeconds: 0,
  });
  return {
    generation,
    rows,
    history: runToEnd(conditionHistory(noConditionHistory, rows, context)),
    context,
    pollInProgress: false,
    stateFileAt: undefined,
    leftOut: { clusters: 0, series: 0 },
    reloadFailed: false,
    settings: { maxStalenessSeconds: 3600, discoveryIntervalSeconds: 900 },
    ...more,
  };
}

const unpolled = firstGeneration(newFleet([]), []);

/** Before the first poll: nothing is known. */
export const emptyView: StatusView = {
  generation: unpolled,
  rows: [],
  history: noConditionHistory,
  context: evaluationContext(unpolled, [], {
    now: noon,
    pollIntervalSeconds: 300,
    sweepIntervalSeconds: 0,
  }),
  pollInProgress: false,
  stateFileAt: undefined,
  leftOut: { clusters: 0, series: 0 },
  reloadFailed: false,
  settings: { maxStalenessSeconds: 3600, discoveryIntervalSeconds: 900 },
};
