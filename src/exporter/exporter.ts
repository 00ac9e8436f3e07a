import { endpointNames } from '../atlas/endpoints.ts';
import { realTiming, type Timing } from '../atlas/transport/timing.ts';
import type { Config } from '../config/config.ts';
import { sameSettings } from '../config/same.ts';
import { failedReads } from '../domain/failed-reads.ts';
import { newFleet } from '../domain/fleet.ts';
import { firstGeneration, type Generation } from '../domain/generation.ts';
import { type Shard, wholeFleet } from '../domain/shard.ts';
import { type Clock, systemClock } from '../domain/time.ts';
import { type Page, type PageRequest, pageAt } from '../metrics/page.ts';
import { newTelemetry, type Telemetry } from '../metrics/telemetry.ts';
import type { OneSnapshot, SnapshotAddress } from '../status/one-snapshot.ts';
import type { StatusView } from '../status/view.ts';
import { closeAccounts } from './accounts.ts';
import type { Log } from './log.ts';
import { Memory } from './memory.ts';
import { oneSnapshot } from './one-snapshot.ts';
import { pollLog } from './poll-log.ts';
import { newPoller, type Poller, type PollObserver } from './poller.ts';
import type { PublishedView } from './publish.ts';
import { carryOver, type Setup, setupOf } from './setup.ts';
import { type Loaded, ownFamilies, restoredBy, type Shown, statusView } from './shown.ts';
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
  const memory = new Memory(options.config, { log, telemetry, clock, timing });
  const remembered = await memory.recall(options.config);
  const conditions = remembered?.conditions;
  const dependencies = { observer: telemetry, log, clock, timing, shard, conditions };
  let setup: Setup = setupOf(options.config, dependencies);
  let loaded: Loaded = { loadedAt: clock(), lastReloadSuccessful: true };
  const poller = await newPoller<PublishedView>({
    plan: setup.plan,
    known: knownAtStart(remembered?.generation, setup),
    timing,
    observer: pollObserver(telemetry, memory, options, () => setup.config.objectives.tag),
  });
  const restored = restoredBy(remembered);

  /** What is known now, rendered again if some of it has grown too old to be shown as it was. */
  const current = async (): Promise<Shown> => {
    const { validFrom, validUntil } = poller.current().prepared.page;
    const now = clock();
    if (now < validFrom || now > validUntil) await poller.renderAgain();
    const { generation, prepared } = poller.current();
    return { generation, view: prepared, pollInProgress: poller.inProgress(), loaded, restored };
  };
  const view = async () => statusView(await current(), clock());
  const onBug = (err: unknown) => log.error({ err }, 'internal error while reading a snapshot');
  const reader = newSnapshotReader({ clock, timing, onBug });
  return {
    poller,
    telemetry,
    view,
    page: async (request) => {
      const events = await telemetry.text(request.format);
      const shown = await current();
      const own = ownFamilies(shown, shard, events, request.format);
      return pageAt(shown.view.page, own, clock(), request);
    },
    snapshot: (address, { ask }) =>
      oneSnapshot(address, { view, accounts: setup.accounts, reader, ask }),
    use: async (config) => {
      const before = setup;
      setup = await changedTo(config, before, dependencies, poller);
      await closeAccounts(before.accounts, setup.accounts);
      await memory.use(config);
      loaded = { loadedAt: clock(), lastReloadSuccessful: true };
      return setup === before ? 'unchanged' : 'used';
    },
    refuse: () => {
      loaded = { ...loaded, lastReloadSuccessful: false };
    },
    close: async () => {
      reader.stop();
      await poller.stop();
      await memory.close();
      await closeAccounts(setup.accounts);
    },
  };
}

function knownAtStart(recalled: Generation | undefined, setup: Setup): Generation {
  return recalled === undefined
    ? firstGeneration(newFleet(setup.accounts), setup.collectors)
    : carryOver(recalled, setup);
}

/** The setup by that configuration, which the poller goes by then; the same if nothing differs. */
async function changedTo(
  config: Config,
  before: Setup,
  dependencies: Parameters<typeof setupOf>[1],
  poller: Poller<PublishedView>,
): Promise<Setup> {
  if (sameSettings(before.config, config)) return before;
  const next = setupOf(config, dependencies, before.accounts);
  try {
    await poller.applyPlan(next.plan, (generation) => carryOver(generation, next));
    return next;
  } catch (error) {
    await closeAccounts(next.accounts, before.accounts);
    throw error;
  }
}

/** Counts and logs what a poll found, once for each poll. */
function pollObserver(
  telemetry: Telemetry,
  memory: Memory,
  { log, onProgress = () => undefined }: ExporterOptions,
  objectiveTag: () => string,
): PollObserver<PublishedView> {
  const logged = pollLog(log, objectiveTag);
  return {
    polled: ({ generation, prepared }, report, longestDelay) => {
      const failures = failedReads(report, generation.fleet);
      const { seriesDropped } = prepared.page;
      telemetry.polled({ anomalies: report.anomalies, failures, seriesDropped, longestDelay });
      logged(generation, report, failures);
      memory.keep(generation, prepared);
    },
    broke: (error) => {
      const failure = { reason: 'internal', endpoint: '', detail: '' } as const;
      telemetry.failed({ collector: 'snapshots', failure, scope: '' });
      log.error({ err: error }, 'poll failed with an internal error; keeping the previous data');
    },
    progress: onProgress,
  };
}
