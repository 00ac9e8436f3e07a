import { evaluationContext } from '../alerting/blind.ts';
import type { Generation } from '../domain/generation.ts';
import type { Shard } from '../domain/shard.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { Format } from '../metrics/encoding.ts';
import { type ConfigFacts, exporterFamilies } from '../metrics/exporter-families.ts';
import { familyText } from '../metrics/page.ts';
import { runtimeFamilies, runtimeRow } from '../metrics/runtime-families.ts';
import type { Remembered } from '../state/remembered.ts';
import type { StatusView } from '../status/view.ts';
import { build } from './build.ts';
import { type PublishedView, pollTimingOf } from './publish.ts';

/** How the configuration in use came in. */
export type Loaded = Pick<ConfigFacts, 'loadedAt' | 'lastReloadSuccessful'>;

/** What is published now, with what the exporter says about itself. */
export type Shown = {
  readonly generation: Generation;
  readonly view: PublishedView;
  readonly pollInProgress: boolean;
  readonly loaded: Loaded;
  readonly restored: ReturnType<typeof restoredBy>;
};

/** Which generation is the one of the state file, and when that was written. */
export function restoredBy(remembered: Remembered | undefined) {
  return remembered && { number: remembered.generation.number, writtenAt: remembered.writtenAt };
}

/** The same for people, at this time. */
export function statusView(
  { generation, view, pollInProgress, loaded, restored }: Shown,
  now: UnixSeconds,
): StatusView {
  const { rows, conditions, page, config } = view;
  return {
    generation,
    rows,
    history: conditions,
    context: evaluationContext(generation, rows, { now, ...pollTimingOf(config) }),
    pollInProgress,
    stateFileAt: restored?.number === generation.number ? restored.writtenAt : undefined,
    leftOut: { clusters: generation.polls.clustersOverLimit, series: page.seriesDropped },
    reloadFailed: !loaded.lastReloadSuccessful,
    settings: {
      maxStalenessSeconds: config.poll.maxStalenessSeconds,
      discoveryIntervalSeconds: config.poll.discoveryIntervalSeconds,
    },
  };
}

/** The families about the exporter itself as text; `events`: those that are counted as they happen. */
export function ownFamilies(
  { generation, view, pollInProgress, loaded }: Shown,
  shard: Shard,
  events: string,
  format: Format,
): string {
  const { config, configHash: hash, clusterStates } = view;
  const row = {
    generation,
    clusterStates,
    build,
    pollInProgress,
    ...pollTimingOf(config),
    externalUrl: config.web.externalUrl,
    shard,
    config: { ...loaded, hash },
  };
  const own = exporterFamilies.map((family) => familyText(family, row, format));
  const runtime = config.metrics.runtime ? runtimeRow() : undefined;
  const process =
    runtime === undefined ? [] : runtimeFamilies.map((one) => familyText(one, runtime, format));
  return [...own, events, ...process].join('');
}
