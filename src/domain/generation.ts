import { type CollectorName, collectorFacts, collectorNames } from './collectors.ts';
import { isCovered } from './coverage.ts';
import type { Fleet } from './fleet.ts';
import type { Report } from './report.ts';
import type { UnixSeconds } from './time.ts';

/** How the polls went, for the exporter's own series. */
export type Polls = {
  /** Whether the last poll covered every scope. False before the first has ended. */
  readonly success: boolean;
  /** 0: never. */
  readonly lastSuccessAt: UnixSeconds;
  /** The end of the last poll, failures or not. 0: never. */
  readonly lastCompletedAt: UnixSeconds;
  /** Absent before the first has ended. */
  readonly lastDurationSeconds: number | undefined;
  /** Clusters that the last poll left out because of `limits.max_clusters`. */
  readonly clustersOverLimit: number;
  /** Whether each collector that is on had no failure. */
  readonly collectors: Readonly<Partial<Record<CollectorName, boolean>>>;
};

/** What one poll made known. A scrape shows exactly one generation. */
export type Generation = {
  /** Counts up from 0, which is the one before the first poll. */
  readonly number: number;
  readonly fleet: Fleet;
  readonly polls: Polls;
};

/** Before the first poll, with the collectors that are on. */
export function firstGeneration(fleet: Fleet, collectors: readonly CollectorName[]): Generation {
  return {
    number: 0,
    fleet,
    polls: {
      success: false,
      lastSuccessAt: 0,
      lastCompletedAt: 0,
      lastDurationSeconds: undefined,
      clustersOverLimit: 0,
      collectors: Object.fromEntries(collectors.map((collector) => [collector, false])),
    },
  };
}

/** The generation after one more poll, whose report made `fleet` of the one before. */
export function nextGeneration(
  before: Generation,
  fleet: Fleet,
  report: Report,
  durationSeconds: number,
): Generation {
  const covered = collectorNames
    .filter((collector) => before.polls.collectors[collector] !== undefined)
    .map((collector) => [collector, isCovered(fleet, collector)] as const);
  const { clustersOverLimit } = report.anomalies;
  // Beyond the core, a collector that fails fails alone.
  const core = covered.filter(([name]) => collectorFacts[name].core);
  const success = core.every(([, whole]) => whole) && clustersOverLimit === 0;
  return {
    number: before.number + 1,
    fleet,
    polls: {
      success,
      lastSuccessAt: success ? report.endedAt : before.polls.lastSuccessAt,
      lastCompletedAt: report.endedAt,
      lastDurationSeconds: Math.round(durationSeconds * 1000) / 1000,
      clustersOverLimit,
      collectors: Object.fromEntries(covered),
    },
  };
}

/**
 * The same polls, shown for a configuration in which `fleet` is left in scope and these collectors
 * are on. One that was off has covered nothing yet.
 */
export function reconfigured(
  { number, polls }: Generation,
  fleet: Fleet,
  on: readonly CollectorName[],
): Generation {
  const covered = on.map((collector) => [collector, polls.collectors[collector] ?? false]);
  return { number, fleet, polls: { ...polls, collectors: Object.fromEntries(covered) } };
}

/**
 * The same knowledge, marked as not all there: rendering failed, or did not fit. The last success is
 * then the one of `before`.
 */
export function incomplete(generation: Generation, before = generation): Generation {
  const { lastSuccessAt } = before.polls;
  return { ...generation, polls: { ...generation.polls, success: false, lastSuccessAt } };
}
