import { surveyor } from '../atlas/survey/survey.ts';
import { collectors } from '../collectors/table.ts';
import type { Config } from '../config/config.ts';
import type { ReadRules } from '../domain/backup-reads.ts';
import {
  type CollectorName,
  collectorNames,
  type SwitchableCollector,
  switchableCollectors,
} from '../domain/collectors.ts';
import { type Generation, reconfigured } from '../domain/generation.ts';
import { rescoped } from '../domain/scope.ts';
import type { Shard } from '../domain/shard.ts';
import type { ConditionHistory } from '../status/condition-history.ts';
import { type Dependencies, type OpenAccount, openAccounts } from './accounts.ts';
import { objectiveRules } from './objectives.ts';
import type { PollPlan } from './poll.ts';
import { type PublishedView, publisher } from './publish.ts';

/** What one configuration makes of the parts. */
export type Setup = {
  readonly config: Config;
  readonly accounts: readonly OpenAccount[];
  readonly collectors: readonly CollectorName[];
  readonly plan: PollPlan<PublishedView>;
};

export type SetupDependencies = Dependencies & {
  readonly shard: Shard;
  /** Since when conditions have been true, from before this process. */
  readonly conditions?: ConditionHistory | undefined;
};

/** `open`: accounts whose connections may go on being used. */
export function setupOf(
  config: Config,
  dependencies: SetupDependencies,
  open: readonly OpenAccount[] = [],
): Setup {
  const accounts = openAccounts(config, dependencies, open);
  const { clock, log, shard } = dependencies;
  const off = collectorsOff(config);
  return {
    config,
    accounts,
    collectors: collectorNames.filter((name) => !off.some((one) => one === name)),
    plan: {
      survey: surveyor(accounts, {
        concurrency: config.poll.concurrency,
        maxClusters: config.limits.maxClusters,
        reads: readRules(config),
        collectors: collectors
          .filter(({ name }) => config.collectors[name])
          .map(({ reader }) => reader),
        collectForSeconds: config.poll.intervalSeconds,
        shard,
        clock,
        onBug: (scope, error) => log.error({ scope, err: error }, 'internal error'),
      }),
      prepare: publisher(config, dependencies),
      intervalMs: config.poll.intervalSeconds * 1000,
      discoveryIntervalMs: config.poll.discoveryIntervalSeconds * 1000,
      background: config.poll.background,
    },
  };
}

function collectorsOff({ collectors: on }: Config): readonly SwitchableCollector[] {
  return switchableCollectors.filter((name) => !on[name]);
}

function readRules(config: Config): ReadRules {
  const { mode, intervalSeconds, sweepIntervalSeconds } = config.poll;
  if (mode === 'full') return { mode };
  return { mode, intervalSeconds, sweepIntervalSeconds, objectives: objectiveRules(config) };
}

/** What was known, as far as it still counts. */
export function carryOver(
  known: Generation,
  { config, accounts, collectors: on }: Setup,
): Generation {
  const scope = {
    accounts,
    maxClusters: config.limits.maxClusters,
    off: collectorsOff(config),
  };
  return reconfigured(known, rescoped(known.fleet, scope), on);
}
