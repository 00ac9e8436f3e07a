import type { Survey } from './atlas/survey.ts';
import type { Timing } from './atlas/timing.ts';
import { advance, type Fleet } from './domain/fleet.ts';
import {
  firstGeneration,
  type Generation,
  incomplete,
  nextGeneration,
} from './domain/generation.ts';
import type { Collector, Report } from './domain/report.ts';

/** A generation with what was rendered of it when its poll ended. */
export type Published<P> = { readonly generation: Generation; readonly prepared: P };

export type PollerOptions<P extends { readonly complete: boolean }> = {
  readonly survey: Survey;
  readonly fleet: Fleet;
  /** Those that are on. */
  readonly collectors: readonly Collector[];
  /** Renders a generation. When it throws, the one before stays. */
  readonly prepare: (generation: Generation) => Promise<P>;
  readonly intervalMs: number;
  readonly discoveryIntervalMs: number;
  /** Polls on a timer as well, asked or not. */
  readonly background: boolean;
  readonly timing: Timing;
  readonly observer: PollObserver;
};

export type PollObserver = {
  readonly polled: (generation: Generation, report: Report) => void;
  /** A fault of our own outside any scope: nothing of this poll is published. */
  readonly broke: (error: unknown) => void;
  readonly progress: (done: number, total: number) => void;
};

export type Poller<P> = {
  /** What is known now. */
  readonly current: () => Published<P>;
  /** Starts a poll if the data is older than the interval and none is running. */
  readonly refreshIfDue: () => void;
  /** Resolves when the first poll has ended, or after so many milliseconds. */
  readonly firstPoll: (atMostMs: number) => Promise<void>;
  /** Renders what is known once more, because time alone has changed what may be shown of it. */
  readonly renderAgain: () => Promise<void>;
  readonly inProgress: () => boolean;
  /** Whether the first poll has ended. */
  readonly ready: () => boolean;
  /** Whether polls end: a poll that fails does, one that is under way for far too long does not. */
  readonly healthy: () => boolean;
  /** Cuts short the poll under way and starts no more. */
  readonly stop: () => Promise<void>;
};

/** A poll may take this many intervals; then what it could not reach counts as failed. */
const intervalsToGiveUp = 3;
const leastToGiveUpMs = 120_000;
/** A poll that has given up has only to be rendered; after so many times that long it never ends. */
const timesToBeStuck = 2;

/**
 * Polls when asked and due, one poll at a time, and owns what is known: it is swapped whole when a
 * poll ends. The first poll starts at the first `refreshIfDue`.
 */
export async function newPoller<P extends { readonly complete: boolean }>(
  options: PollerOptions<P>,
): Promise<Poller<P>> {
  const { timing, intervalMs, observer } = options;
  const allowedMs = Math.max(intervalMs * intervalsToGiveUp, leastToGiveUpMs);
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  const unpolled = firstGeneration(options.fleet, options.collectors);
  let current: Published<P> = { generation: unpolled, prepared: await options.prepare(unpolled) };
  let running: Promise<void> | undefined;
  let rendering: Promise<void> | undefined;
  let ready = false;
  let startedAt = Number.NEGATIVE_INFINITY;
  let discoveredAt = Number.NEGATIVE_INFINITY;

  const poll = async () => {
    startedAt = timing.monotonicMs();
    const discover = startedAt - discoveredAt >= options.discoveryIntervalMs;
    const { generation: before } = current;
    const report = await options.survey(before.fleet, {
      discover,
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(allowedMs)]),
      giveUpAt: startedAt + allowedMs,
      onProgress: observer.progress,
    });
    if (stopping.signal.aborted) return;
    const seconds = (timing.monotonicMs() - startedAt) / 1000;
    const generation = nextGeneration(before, advance(before.fleet, report), report, seconds);
    const prepared = await options.prepare(generation);
    current = {
      generation: prepared.complete ? generation : incomplete(generation, before),
      prepared,
    };
    if (discover) discoveredAt = startedAt;
    observer.polled(current.generation, report);
  };

  const pollAndSettle = async () => {
    try {
      await poll();
    } catch (error) {
      current = { ...current, generation: incomplete(current.generation) };
      observer.broke(error);
    } finally {
      running = undefined;
      ready ||= !stopping.signal.aborted;
      first.resolve();
    }
  };

  const refreshIfDue = () => {
    const due = timing.monotonicMs() - startedAt >= intervalMs;
    if (due && running === undefined && !stopping.signal.aborted) running = pollAndSettle();
  };
  const renderAgain = async () => {
    const { generation } = current;
    try {
      const prepared = await options.prepare(generation);
      if (current.generation === generation) current = { generation, prepared };
    } catch (error) {
      observer.broke(error);
    }
  };
  const timer = options.background ? setInterval(refreshIfDue, intervalMs).unref() : undefined;

  return {
    current: () => current,
    refreshIfDue,
    firstPoll: async (atMostMs) => {
      const waited = new AbortController();
      const patience = timing.sleep(atMostMs, waited.signal).catch(() => undefined);
      await Promise.race([first.promise, patience]);
      waited.abort();
    },
    renderAgain: () => {
      rendering ??= renderAgain().finally(() => {
        rendering = undefined;
      });
      return rendering;
    },
    inProgress: () => running !== undefined,
    ready: () => ready,
    healthy: () =>
      running === undefined || timing.monotonicMs() - startedAt < allowedMs * timesToBeStuck,
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
