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
import { resultInTurns } from '../runtime/turns.ts';
import type { Pace } from '../status/mirror.ts';
import { noSightings, type Sightings, sightings } from '../status/sightings.ts';
import { watchOf } from '../status/view.ts';
import { type OpenAccount, openAccounts, type Surroundings } from './accounts.ts';
import { objectiveRules } from './objectives.ts';
import type { PollPlan } from './poller.ts';

/** A page, what has been seen of its clusters so far, and the configuration that it was made by. */
export type Shown = PreparedPage & {
  readonly sightings: Sightings;
  readonly config: Config;
  readonly configHash: number;
};

/** What one configuration makes of the parts. */
export type Setup = {
  readonly config: Config;
  readonly accounts: readonly OpenAccount[];
  readonly collectors: readonly Collector[];
  readonly plan: PollPlan<Shown>;
};

export type SetupSurroundings = Surroundings & {
  readonly telemetry: Telemetry;
  readonly shard: Shard;
};

/** `open`: accounts whose connections may go on being used. */
export function setupOf(
  config: Config,
  surroundings: SetupSurroundings,
  open: readonly OpenAccount[] = [],
): Setup {
  const accounts = openAccounts(config, surroundings, open);
  const { clock, log, shard } = surroundings;
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
        onBug: (scope, error) => log.error({ scope, err: error }, 'a fault of the exporter'),
      }),
      prepare: rendering(config, surroundings),
      intervalMs: config.poll.intervalSeconds * 1000,
      discoveryIntervalMs: config.poll.discoveryIntervalSeconds * 1000,
      background: config.poll.background,
    },
  };
}

export function paceOf({ poll }: Config): Pace {
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
  { clock, telemetry, shard }: SetupSurroundings,
): PollPlan<Shown>['prepare'] {
  const objectives = objectiveRules(config);
  const hash = configHash(config);
  function* shown(generation: Generation, before: Shown | undefined): Generator<void, Shown> {
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
    const by = { now, ...paceOf(config) };
    const seen =
      generation.number === 0
        ? noSightings
        : yield* sightings(
            before?.sightings ?? noSightings,
            clusters,
            watchOf(generation, clusters, by),
          );
    return { ...page, sightings: seen, config, configHash: hash };
  }
  return (generation, before) => resultInTurns(shown(generation, before));
}

/** What was known, as far as it still counts. */
export function adopted(
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
