import { evaluationContext } from '../alerting/blind.ts';
import type { PollTiming } from '../alerting/evaluation.ts';
import { clusterFamilies } from '../collectors/families.ts';
import type { Config } from '../config/config.ts';
import { configHash } from '../config/hash.ts';
import { type ClusterRow, clusterRows, countStates } from '../domain/cluster-view.ts';
import type { ReadState } from '../domain/coverage.ts';
import type { Generation } from '../domain/generation.ts';
import type { Shard } from '../domain/shard.ts';
import type { Clock } from '../domain/time.ts';
import { type PreparedPage, preparePage } from '../metrics/prepared.ts';
import { runInBatches } from '../runtime/event-loop.ts';
import {
  type ConditionHistory,
  conditionHistory,
  noConditionHistory,
} from '../status/condition-history.ts';
import { objectiveRules } from './objectives.ts';

/** What a generation is shown as, and the configuration that it was made by. */
export type PublishedView = {
  readonly rows: readonly ClusterRow[];
  readonly clusterStates: Readonly<Record<ReadState, number>>;
  /** Since when which alert conditions have been true. */
  readonly conditions: ConditionHistory;
  readonly page: PreparedPage;
  /** Nothing had to be left out. */
  readonly complete: boolean;
  readonly config: Config;
  readonly configHash: number;
};

export type Publish = (
  generation: Generation,
  before: PublishedView | undefined,
) => Promise<PublishedView>;

type PublishedBy = {
  readonly clock: Clock;
  readonly shard: Shard;
  /** What is known of conditions before anything is published. */
  readonly conditions?: ConditionHistory | undefined;
};

/** Makes of a generation all that is shown of it, without side effects. */
export function publisher(
  config: Config,
  { clock, shard, conditions = noConditionHistory }: PublishedBy,
): Publish {
  const made = { config, configHash: configHash(config) };
  const { maxStalenessSeconds } = config.poll;
  const rules = { maxStalenessSeconds, objectives: objectiveRules(config) };
  const options = {
    clusterFamilies,
    maxStalenessSeconds,
    optIns: new Set(config.metrics.policyDetails ? (['metrics.policy_details'] as const) : []),
    maxSeries: config.limits.maxSeries,
    shard,
    relative: config.metrics.relative,
  };
  function* published(
    generation: Generation,
    before: ConditionHistory,
  ): Generator<void, PublishedView> {
    const now = clock();
    const rows = yield* clusterRows(generation.fleet, now, rules);
    const page = yield* preparePage(generation, rows, now, options);
    const clusterStates = countStates(generation, now, maxStalenessSeconds);
    const context = evaluationContext(generation, rows, { now, ...pollTimingOf(config) });
    const conditions =
      generation.number === 0 ? before : yield* conditionHistory(before, rows, context);
    return { rows, clusterStates, conditions, page, complete: page.complete, ...made };
  }
  return (generation, before) =>
    runInBatches(published(generation, before?.conditions ?? conditions));
}

export function pollTimingOf({ poll }: Config): PollTiming {
  return {
    pollIntervalSeconds: poll.intervalSeconds,
    sweepIntervalSeconds: poll.mode === 'full' ? 0 : poll.sweepIntervalSeconds,
  };
}
