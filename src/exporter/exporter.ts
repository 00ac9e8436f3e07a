import { evaluationContext } from '../alerting/blind.ts';
import { endpointNames } from '../atlas/endpoints.ts';
import { realTiming, type Timing } from '../atlas/transport/timing.ts';
import type { Config } from '../config/config.ts';
import { sameSettings } from '../config/same.ts';
import { newFleet } from '../domain/fleet.ts';
import { type Shard, wholeFleet } from '../domain/shard.ts';
import { type Clock, systemClock } from '../domain/time.ts';
import { exporterFamilies } from '../metrics/exporter-families.ts';
import { familyText, type Page, type PageRequest, pageAt } from '../metrics/page.ts';
import { runtimeFamilies, runtimeRow } from '../metrics/runtime-families.ts';
import { newTelemetry, type Telemetry } from '../metrics/telemetry.ts';
import type { OneSnapshot, SnapshotAddress } from '../status/one-snapshot.ts';
import type { StatusView } from '../status/view.ts';
import { closeAccounts } from './accounts.ts';
import { build } from './build.ts';
import type { Log } from './log.ts';
import { oneSnapshot } from './one-snapshot.ts';
import { pollLog } from './poll-log.ts';
import { newPoller, type Poller } from './poller.ts';
import { carryOver, type PublishedView, pollTimingOf, type Setup, setupOf } from './setup.ts';
import { newSnapshotReader } from './snapshot-reader.ts';

export type Exporter = {
  readonly poller: Poller<PublishedView>;
  readonly telemetry: Telemetry;
  /** The page of this moment: one generation, and the ages by now. */
  readonly page: (request: PageRequest) => Promise<Page>;
  /** The same generation at this moment, for people. */
  readonly view: () => Promise<StatusView>;
  /**
   * One of its snapshots, which Atlas is asked for unless it was lately. Undefined: the generation
   * does not know it. `ask` false: Atlas is not asked.
   */
  readonly snapshot: (
    address: SnapshotAddress,
    options: { readonly ask: boolean },
  ) => Promise<OneSnapshot | undefined>;
  /**
   * Goes by another configuration from now on; what is known and still in scope stays. Rejects when
   * it cannot: then everything is as before. Not to be called again before it has settled.
   */
  readonly use: (next: Config) => Promise<'used' | 'unchanged'>;
  /** The configuration that was read last could not be used. */
  readonly refuse: () => void;
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

/** Puts the parts together for a configuration. Nothing is read before the first `refreshIfDue`. */
export async function newExporter(options: ExporterOptions): Promise<Exporter> {
  const { log, clock = systemClock, timing = realTiming, shard = wholeFleet } = options;
  const telemetry = newTelemetry(endpointNames, clock);
  const surroundings = { observer: telemetry, telemetry, log, clock, timing, shard };
  let setup: Setup = setupOf(options.config, surroundings);
  let loaded = { loadedAt: clock(), lastReloadSuccessful: true };
  const logged = pollLog(log, () => setup.config.objectives.tag);
  const poller = await newPoller<PublishedView>({
    plan: setup.plan,
    fleet: newFleet(setup.accounts),
    collectors: setup.collectors,
    timing,
    observer: {
      polled: (generation, report, longestDelay) => {
        telemetry.polled(report);
        telemetry.delayed(longestDelay);
        logged(generation, report);
      },
      broke: (error) => {
        const failure = { reason: 'internal', endpoint: '', detail: '' } as const;
        telemetry.failed({ collector: 'snapshots', failure, scope: '' });
        log.error({ err: error }, 'poll failed with an internal error; keeping the previous data');
      },
      progress: options.onProgress ?? (() => undefined),
    },
  });

  /** What is known now, rendered again if some of it has grown too old to be shown as it was. */
  const shown = async () => {
    const { validFrom, validUntil } = poller.current().prepared;
    const now = clock();
    if (now < validFrom || now > validUntil) await poller.renderAgain();
    return poller.current();
  };
  const view = async (): Promise<StatusView> => {
    const { generation, prepared } = await shown();
    const { clusters: rows, history, seriesDropped: series, config } = prepared;
    const by = { now: clock(), ...pollTimingOf(config) };
    return {
      generation,
      rows,
      history,
      context: evaluationContext(generation, rows, by),
      pollInProgress: poller.inProgress(),
      leftOut: { clusters: generation.polls.clustersOverLimit, series },
      reloadFailed: !loaded.lastReloadSuccessful,
      settings: {
        maxStalenessSeconds: config.poll.maxStalenessSeconds,
        discoveryIntervalSeconds: config.poll.discoveryIntervalSeconds,
      },
    };
  };
  const reader = newSnapshotReader({
    clock,
    timing,
    onBug: (error) => log.error({ err: error }, 'internal error while reading a snapshot'),
  });
  return {
    poller,
    telemetry,
    page: async (request) => {
      const { format } = request;
      const events = await telemetry.text(format);
      const { generation, prepared } = await shown();
      const now = clock();
      const { config, configHash: hash } = prepared;
      const row = {
        generation,
        clusterStates: prepared.clusterStates,
        build,
        pollInProgress: poller.inProgress(),
        ...pollTimingOf(config),
        externalUrl: config.web.externalUrl,
        shard,
        config: { ...loaded, hash },
      };
      const own = exporterFamilies.map((family) => familyText(family, row, format));
      const runtime = config.metrics.runtime ? runtimeRow() : undefined;
      const process = runtimeFamilies.map((family) =>
        runtime === undefined ? '' : familyText(family, runtime, format),
      );
      return pageAt(prepared, [...own, events, ...process].join(''), now, request);
    },
    view,
    snapshot: (address, { ask }) =>
      oneSnapshot(address, { view, accounts: setup.accounts, reader, ask }),
    use: async (config) => {
      const before = setup;
      if (!sameSettings(before.config, config)) {
        const next = setupOf(config, surroundings, before.accounts);
        try {
          await poller.applyPlan(next.plan, (generation) => carryOver(generation, next));
        } catch (error) {
          await closeAccounts(next.accounts, before.accounts);
          throw error;
        }
        setup = next;
        await closeAccounts(before.accounts, next.accounts);
      }
      loaded = { loadedAt: clock(), lastReloadSuccessful: true };
      return setup === before ? 'unchanged' : 'used';
    },
    refuse: () => {
      loaded = { ...loaded, lastReloadSuccessful: false };
    },
    close: async () => {
      reader.stop();
      await poller.stop();
      await closeAccounts(setup.accounts);
    },
  };
}
