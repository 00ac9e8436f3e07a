import { openAccounts } from './accounts.ts';
import { endpointNames } from './atlas/endpoints.ts';
import { surveyor } from './atlas/survey.ts';
import { realTiming, type Timing } from './atlas/timing.ts';
import { build } from './build.ts';
import type { Config } from './config/config.ts';
import { configHash } from './config/hash.ts';
import { newFleet } from './domain/fleet.ts';
import { collectors } from './domain/report.ts';
import { type Shard, wholeFleet } from './domain/shard.ts';
import { type Clock, systemClock } from './domain/time.ts';
import type { Log } from './log.ts';
import { countStates, exporterFamilies } from './metrics/exporter-families.ts';
import { familyText, type Page, type PageRequest, pageAt } from './metrics/page.ts';
import { type PreparedPage, preparePage } from './metrics/prepared.ts';
import { runtimeFamilies, runtimeRow } from './metrics/runtime-families.ts';
import { newTelemetry, type Telemetry } from './metrics/telemetry.ts';
import { objectiveRules } from './objectives.ts';
import { pollLog } from './poll-log.ts';
import { newPoller, type Poller } from './poller.ts';

export type Exporter = {
  readonly poller: Poller<PreparedPage>;
  readonly telemetry: Telemetry;
  /** The page of this moment: one generation, and the ages by now. */
  readonly page: (request: PageRequest) => Promise<Page>;
  readonly close: () => Promise<void>;
};

export type ExporterOptions = {
  readonly config: Config;
  readonly log: Log;
  readonly clock?: Clock;
  readonly timing?: Timing;
  readonly onProgress?: (done: number, total: number) => void;
  readonly shard?: Shard;
};

/** Puts the parts together for one configuration. Nothing is read before the first `refreshIfDue`. */
export async function newExporter(options: ExporterOptions): Promise<Exporter> {
  const { config, log, clock = systemClock, timing = realTiming, shard = wholeFleet } = options;
  const telemetry = newTelemetry(endpointNames, clock);
  const accounts = openAccounts(config, { observer: telemetry, log, clock, timing });
  const survey = surveyor(accounts, {
    concurrency: config.poll.concurrency,
    maxClusters: config.limits.maxClusters,
    schedules: config.collectors.schedule,
    shard,
    clock,
    onBug: (scope, error) => log.error({ scope, err: error }, 'a fault of the exporter'),
  });
  const { maxStalenessSeconds } = config.poll;
  const objectives = objectiveRules(config);
  const logged = pollLog(log, config.objectives.tag);
  const poller = await newPoller<PreparedPage>({
    survey,
    fleet: newFleet(accounts),
    collectors: collectors.filter((one) => one !== 'schedule' || config.collectors.schedule),
    prepare: async (generation) => {
      const page = await preparePage(generation, clock(), {
        maxStalenessSeconds,
        objectives,
        optIns: new Set(config.metrics.policyDetails ? ['metrics.policy_details'] : []),
        maxSeries: config.limits.maxSeries,
        shard,
        relative: config.metrics.relative,
      });
      telemetry.seriesOverLimit(page.seriesDropped);
      return page;
    },
    intervalMs: config.poll.intervalSeconds * 1000,
    discoveryIntervalMs: config.poll.discoveryIntervalSeconds * 1000,
    background: config.poll.background,
    timing,
    observer: {
      polled: (generation, report) => {
        telemetry.polled(report);
        logged(generation, report);
      },
      broke: (error) => {
        const failure = { reason: 'internal', endpoint: '', detail: '' } as const;
        telemetry.failed({ collector: 'snapshots', failure, scope: '' });
        log.error({ err: error }, 'a poll broke; what was known before stays');
      },
      progress: options.onProgress ?? (() => undefined),
    },
  });

  /** What is known now, and its clusters by the age of their data. */
  const known = () => {
    const { generation, prepared } = poller.current();
    const clusterStates = countStates(generation, clock(), maxStalenessSeconds);
    return { generation, prepared, clusterStates };
  };
  /** The same, rendered again if some of it has grown too old to be shown as it was. */
  const shown = async () => {
    const before = known();
    if (before.clusterStates.expired === before.prepared.expired) return before;
    await poller.renderAgain();
    return known();
  };
  const facts = { loadedAt: clock(), lastReloadSuccessful: true, hash: configHash(config) };
  return {
    poller,
    telemetry,
    page: async (request) => {
      const { format } = request;
      const events = await telemetry.text(format);
      const { generation, prepared, clusterStates } = await shown();
      const now = clock();
      const row = {
        generation,
        clusterStates,
        build,
        pollInProgress: poller.inProgress(),
        pollIntervalSeconds: config.poll.intervalSeconds,
        externalUrl: config.web.externalUrl,
        shard,
        config: facts,
      };
      const own = exporterFamilies.map((family) => familyText(family, row, format));
      const runtime = config.metrics.runtime ? runtimeRow() : undefined;
      const process = runtimeFamilies.map((family) =>
        runtime === undefined ? '' : familyText(family, runtime, format),
      );
      return pageAt(prepared, [...own, events, ...process].join(''), now, request);
    },
    close: async () => {
      await poller.stop();
      await Promise.all(accounts.map(({ close }) => close()));
    },
  };
}
