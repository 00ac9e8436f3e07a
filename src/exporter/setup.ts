import { evaluationContext } from '../alerting/blind.ts';
import type { PollTiming } from '../alerting/evaluation.ts';
import { surveyor } from '../atlas/survey/survey.ts';
import type { Config } from '../config/config.ts';
import { configHash } from '../config/hash.ts';
import type { ReadRules } from '../domain/backup-reads.ts';
import { type Generation, reconfigured } from '../domain/generation.ts';
import { type Collector, collectors } from '../domain/report.ts';
import { rescoped } from '../domain/scope.ts';
import type { Shard } from '../domain/shard.ts';
import { type PreparedPage, preparePage } from '../metrics/prepared.ts';
import type { Telemetry } from '../metrics/telemetry.ts';
import { runInBatches } from '../runtime/event-loop.ts';
import {
  type ConditionHistory,
  conditionHistory,
  noConditionHistory,
} from '../status/condition-history.ts';
import { type Dependencies, type OpenAccount, openAccounts } from './accounts.ts';
import { objectiveRules } from './objectives.ts';
import type { PollPlan } from './poller.ts';

/** A page, what has been seen of its clusters so far, and the configuration that it was made by. */
export type PublishedView = PreparedPage & {
  readonly history: ConditionHistory;
  readonly config: Config;
  readonly configHash: number;
};

/** What one configuration makes of the parts. */
export type Setup = {
  readonly config: Config;
  readonly accounts: readonly OpenAccount[];
  readonly collectors: readonly Collector[];
  readonly plan: PollPlan<PublishedView>;
};

export type SetupDependencies = Dependencies & {
  readonly telemetry: Telemetry;
  readonly shard: Shard;
};

/** `open`: accounts whose connections may go on being used. */
export function setupOf(
  config: Config,
  dependencies: SetupDependencies,
  open: readonly OpenAccount[] = [],
): Setup {
  const accounts = openAccounts(config, dependencies, open);
  const { clock, log, shard } = dependencies;
  return {
    config,
    accounts,
    collectors: collectors.filter((one) => one !== 'schedule' || config.collectors.schedule),
    plan: {
      survey: surveyor(accounts, {
        concurrency: config.poll.concurrency,
        maxClusters: config.limits.maxClusters,
        reads: readRules(config),
        schedules: config.collectors.schedule,
        shard,
        clock,
        onBug: (scope, error) => log.error({ scope, err: error }, 'internal error'),
      }),
      prepare: rendering(config, dependencies),
      intervalMs: config.poll.intervalSeconds * 1000,
      discoveryIntervalMs: config.poll.discoveryIntervalSeconds * 1000,
      background: config.poll.background,
    },
  };
}

export function pollTimingOf({ poll }: Config): PollTiming {
  return {
    pollIntervalSeconds: poll.intervalSeconds,
    sweepIntervalSeconds: poll.mode === 'full' ? 0 : poll.sweepIntervalSeconds,
  };
}

function readRules(config: Config): ReadRules {
  const { mode, intervalSeconds, sweepIntervalSeconds } = config.poll;
  if (mode === 'full') return { mode };
  return { mode, intervalSeconds, sweepIntervalSeconds, objectives: objectiveRules(config) };
}

function rendering(
  config: Config,
  { clock, telemetry, shard }: SetupDependencies,
): PollPlan<PublishedView>['prepare'] {
  const objectives = objectiveRules(config);
  const hash = configHash(config);
  function* shown(
    generation: Generation,
    before: PublishedView | undefined,
  ): Generator<void, PublishedView> {
    const now = clock();
    const page = yield* preparePage(generation, now, {
      maxStalenessSeconds: config.poll.maxStalenessSeconds,
      objectives,
      optIns: new Set(config.metrics.policyDetails ? ['metrics.policy_details'] : []),
      maxSeries: config.limits.maxSeries,
      shard,
      relative: config.metrics.relative,
    });
    telemetry.seriesOverLimit(page.seriesDropped);
    const { clusters } = page;
    const by = { now, ...pollTimingOf(config) };
    const seen =
      generation.number === 0
        ? noConditionHistory
        : yield* conditionHistory(
            before?.history ?? noConditionHistory,
            clusters,
            evaluationContext(generation, clusters, by),
          );
    return { ...page, history: seen, config, configHash: hash };
  }
  return (generation, before) => runInBatches(shown(generation, before));
}

/** What was known, as far as it still counts. */
export function carryOver(
  known: Generation,
  { config, accounts, collectors: on }: Setup,
): Generation {
  const scope = {
    accounts,
    maxClusters: config.limits.maxClusters,
    schedules: config.collectors.schedule,
  };
  return reconfigured(known, rescoped(known.fleet, scope), on);
}
