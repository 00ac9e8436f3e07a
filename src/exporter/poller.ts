import type { Survey } from '../atlas/survey/survey.ts';
import type { Timing } from '../atlas/transport/timing.ts';
import type { CollectorName } from '../domain/collectors.ts';
import { advanceInBatches, type Fleet } from '../domain/fleet.ts';
import {
  firstGeneration,
  type Generation,
  incomplete,
  nextGeneration,
} from '../domain/generation.ts';
import type { Report } from '../domain/report.ts';
import { runInBatches } from '../runtime/event-loop.ts';
import { watchedLoop } from '../runtime/loop-delay.ts';
import { withTimeLimit } from '../runtime/time-limit.ts';

/** A generation with what was rendered of it when its poll ended. */
export type Published<P> = { readonly generation: Generation; readonly prepared: P };

/** How to poll: all of it that a configuration decides. */
export type PollPlan<P> = {
  readonly survey: Survey;
  /** Renders a generation; `before` is what is shown so far. When it throws, that stays. */
  readonly prepare: (generation: Generation, before: P | undefined) => Promise<P>;
  readonly intervalMs: number;
  readonly discoveryIntervalMs: number;
  /** Polls on a timer as well, asked or not. */
  readonly background: boolean;
};

export type PollerOptions<P> = {
  readonly plan: PollPlan<P>;
  readonly fleet: Fleet;
  /** Those that are on. */
  readonly collectors: readonly CollectorName[];
  readonly timing: Timing;
  readonly observer: PollObserver<P>;
};

export type PollObserver<P> = {
  /** `longestDelay`: for how many seconds at the most other work had to wait meanwhile. */
  readonly polled: (published: Published<P>, report: Report, longestDelay: number) => void;
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
  /**
   * Goes by another plan from now on. The poll under way is cut short and nothing of it is
   * published; what is known is changed and rendered for the new plan, and the first poll of it
   * starts at once. Rejects if that cannot be rendered: then everything is as before.
   */
  readonly applyPlan: (
    next: PollPlan<P>,
    change: (known: Generation) => Generation,
  ) => Promise<void>;
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
const minToGiveUpMs = 120_000;
/**
 * Up to this share of the interval is waited in addition when polling by itself, so that exporters
 * that were started together do not poll together.
 */
const backgroundSpread = 0.1;
/** A poll that has given up has only to be rendered; after so many times that long it never ends. */
const timesToBeStuck = 2;

/**
 * Polls when asked and due, one poll at a time, and owns what is known: it is swapped whole when a
 * poll ends. The first poll starts at the first `refreshIfDue`.
 */
export async function newPoller<P extends { readonly complete: boolean }>(
  options: PollerOptions<P>,
): Promise<Poller<P>> {
  const { timing, observer } = options;
  const first = Promise.withResolvers<void>();
  const unpolled = firstGeneration(options.fleet, options.collectors);
  let { plan } = options;
  let current: Published<P> = {
    generation: unpolled,
    prepared: await plan.prepare(unpolled, undefined),
  };
  let polling = new AbortController();
  let running: Promise<void> | undefined;
  let rendering: Promise<void> | undefined;
  let ready = false;
  let state: 'changing' | 'stopped' | undefined;
  let waiting = new AbortController();
  let startedAt = Number.NEGATIVE_INFINITY;
  let discoveredAt = Number.NEGATIVE_INFINITY;

  const poll = async (signal: AbortSignal, longestDelay: () => number) => {
    const { survey, prepare, discoveryIntervalMs } = plan;
    startedAt = timing.monotonicMs();
    const discover = startedAt - discoveredAt >= discoveryIntervalMs;
    const allowedMs = maxPollMs(plan);
    const { generation: before } = current;
    const limited = withTimeLimit(signal, allowedMs);
    const report = await survey(before.fleet, {
      discover,
      signal: limited.signal,
      deadlineMs: startedAt + allowedMs,
      onProgress: observer.progress,
    }).finally(limited.over);
    if (signal.aborted) return;
    const seconds = (timing.monotonicMs() - startedAt) / 1000;
    const fleet = await runInBatches(advanceInBatches(before.fleet, report));
    if (signal.aborted) return;
    const generation = nextGeneration(before, fleet, report, seconds);
    const prepared = await prepare(generation, current.prepared);
    if (signal.aborted) return;
    current = {
      generation: prepared.complete ? generation : incomplete(generation, before),
      prepared,
    };
    if (discover) discoveredAt = startedAt;
    observer.polled(current, report, longestDelay());
  };

  const pollAndSettle = async () => {
    polling = new AbortController();
    const { signal } = polling;
    const longestDelay = watchedLoop();
    try {
      await poll(signal, longestDelay);
    } catch (error) {
      if (!signal.aborted) {
        current = { ...current, generation: incomplete(current.generation) };
      }
      observer.broke(error);
    } finally {
      longestDelay();
      running = undefined;
      // Who waits for the first poll waits on when another plan has cut it short.
      if (!signal.aborted) {
        ready = true;
        first.resolve();
      }
      pollLater();
    }
  };

  const refreshIfDue = () => {
    const due = timing.monotonicMs() - startedAt >= plan.intervalMs;
    if (due && running === undefined && state === undefined) running = pollAndSettle();
  };
  /** In the background: polls by itself when the data has grown old, unless somebody asked before. */
  const pollLater = () => {
    waiting.abort();
    if (!plan.background || state !== undefined) return;
    waiting = new AbortController();
    const spreadMs = plan.intervalMs * backgroundSpread * timing.random();
    const dueInMs = startedAt + plan.intervalMs - timing.monotonicMs();
    const poll = () => {
      refreshIfDue();
      // A timer may be early by less than a millisecond.
      if (running === undefined) pollLater();
    };
    timing
      .sleep(Math.ceil(Math.max(dueInMs, 0) + spreadMs), waiting.signal)
      .then(poll, () => undefined);
  };

  const follow = async (next: PollPlan<P>, change: (known: Generation) => Generation) => {
    if (state !== undefined) throw new Error(`the poller is ${state}`);
    state = 'changing';
    try {
      polling.abort();
      await running;
      const generation = change(current.generation);
      const prepared = await next.prepare(generation, current.prepared);
      current = {
        generation: prepared.complete ? generation : incomplete(generation),
        prepared,
      };
      plan = next;
      discoveredAt = Number.NEGATIVE_INFINITY;
    } finally {
      startedAt = Number.NEGATIVE_INFINITY;
      waiting.abort();
      if (state === 'changing') {
        state = undefined;
        refreshIfDue();
      }
    }
  };
  const renderAgain = async () => {
    const { generation } = current;
    try {
      const prepared = await plan.prepare(generation, current.prepared);
      if (current.generation === generation) current = { generation, prepared };
    } catch (error) {
      observer.broke(error);
    }
  };

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
    applyPlan: follow,
    inProgress: () => running !== undefined,
    ready: () => ready,
    healthy: () =>
      running === undefined || timing.monotonicMs() - startedAt < maxPollMs(plan) * timesToBeStuck,
    stop: async () => {
      state = 'stopped';
      waiting.abort();
      polling.abort();
      await running;
      first.resolve();
    },
  };
}

/** How long a poll may take. */
function maxPollMs({ intervalMs }: Pick<PollPlan<unknown>, 'intervalMs'>): number {
  return Math.max(intervalMs * intervalsToGiveUp, minToGiveUpMs);
}
