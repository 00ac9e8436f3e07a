import type { Timing } from '../atlas/transport/timing.ts';
import { type Generation, incomplete } from '../domain/generation.ts';
import type { Report } from '../domain/report.ts';
import { watchedLoop } from '../runtime/event-loop.ts';
import { waitAtMost } from '../runtime/time-limit.ts';
import {
  maxPollMs,
  type PollPlan,
  type Published,
  pollOnce,
  type Rendered,
  rendered,
} from './poll.ts';

export type PollerOptions<P> = {
  readonly plan: PollPlan<P>;
  /** What is known already. Number 0: nothing. */
  readonly known: Generation;
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

/**
 * Up to this share of the interval is waited in addition when polling by itself, so that exporters
 * that were started together do not poll together.
 */
const backgroundSpread = 0.1;
/** A poll that has given up has only to be rendered; after so many times that long it never ends. */
const timesToBeStuck = 2;
const never = Number.NEGATIVE_INFINITY;

/** A poller with what is shown before the first poll, which starts at the first `refreshIfDue`. */
export async function newPoller<P extends Rendered>(options: PollerOptions<P>): Promise<Poller<P>> {
  const { plan, known } = options;
  return new Poller(options, { generation: known, prepared: await plan.prepare(known, undefined) });
}

/**
 * Polls when asked and due, one poll at a time, and owns what is known: it is swapped whole when a
 * poll ends.
 */
export class Poller<P extends Rendered> {
  readonly #timing: Timing;
  readonly #observer: PollObserver<P>;
  readonly #first = Promise.withResolvers<void>();
  #plan: PollPlan<P>;
  #current: Published<P>;
  #polling = new AbortController();
  #running: Promise<void> | undefined;
  #rendering: Promise<void> | undefined;
  #ready = false;
  #state: 'changing' | 'stopped' | undefined;
  #waiting = new AbortController();
  #startedAt = never;
  #discoveredAt = never;

  constructor({ plan, timing, observer }: PollerOptions<P>, unpolled: Published<P>) {
    this.#plan = plan;
    this.#timing = timing;
    this.#observer = observer;
    this.#current = unpolled;
    this.#ready = unpolled.generation.number > 0;
  }

  /** What is known now. */
  readonly current = (): Published<P> => this.#current;

  readonly inProgress = (): boolean => this.#running !== undefined;

  /** Whether anything is known: a poll has ended, or one of the process before. */
  readonly ready = (): boolean => this.#ready;

  /** Whether polls end: a poll that fails does, one that is under way for far too long does not. */
  readonly healthy = (): boolean =>
    !this.inProgress() || this.#sinceStart() < maxPollMs(this.#plan) * timesToBeStuck;

  /** Starts a poll if the data is older than the interval and none is running. */
  readonly refreshIfDue = (): void => {
    const due = this.#sinceStart() >= this.#plan.intervalMs;
    if (due && !this.inProgress() && this.#state === undefined) this.#running = this.#poll();
  };

  /** Resolves when the first poll has ended, or after so many milliseconds. */
  readonly firstPoll = (atMostMs: number): Promise<void> =>
    waitAtMost(this.#first.promise, (signal) => this.#timing.sleep(atMostMs, signal));

  /** Renders what is known once more, because time alone has changed what may be shown of it. */
  readonly renderAgain = (): Promise<void> => {
    this.#rendering ??= this.#render().finally(() => {
      this.#rendering = undefined;
    });
    return this.#rendering;
  };

  /**
   * Goes by another plan from now on. The poll under way is cut short and nothing of it is
   * published; what is known is changed and rendered for the new plan, and the first poll of it
   * starts at once. Rejects if that cannot be rendered: then everything is as before.
   */
  readonly applyPlan = async (
    next: PollPlan<P>,
    change: (known: Generation) => Generation,
  ): Promise<void> => {
    if (this.#state !== undefined) throw new Error(`the poller is ${this.#state}`);
    this.#state = 'changing';
    try {
      this.#polling.abort();
      await this.#running;
      const { generation, prepared } = this.#current;
      this.#current = await rendered(next, change(generation), prepared);
      this.#plan = next;
      this.#discoveredAt = never;
    } finally {
      this.#startedAt = never;
      this.#waiting.abort();
      if (this.#state === 'changing') {
        this.#state = undefined;
        this.refreshIfDue();
      }
    }
  };

  /** Cuts short the poll under way and starts no more. */
  readonly stop = async (): Promise<void> => {
    this.#state = 'stopped';
    this.#waiting.abort();
    this.#polling.abort();
    await this.#running;
    this.#first.resolve();
  };

  #sinceStart(): number {
    return this.#timing.monotonicMs() - this.#startedAt;
  }

  async #poll(): Promise<void> {
    this.#polling = new AbortController();
    const { signal } = this.#polling;
    const longestDelay = watchedLoop();
    try {
      await this.#pollAndPublish(signal, longestDelay);
    } catch (error) {
      if (!signal.aborted) {
        const { generation, prepared } = this.#current;
        this.#current = { generation: incomplete(generation), prepared };
      }
      this.#observer.broke(error);
    } finally {
      longestDelay();
      this.#running = undefined;
      // Who waits for the first poll waits on when another plan has cut it short.
      if (!signal.aborted) {
        this.#ready = true;
        this.#first.resolve();
      }
      this.#pollLater();
    }
  }

  async #pollAndPublish(signal: AbortSignal, longestDelay: () => number): Promise<void> {
    const startedAt = this.#timing.monotonicMs();
    this.#startedAt = startedAt;
    const discover = startedAt - this.#discoveredAt >= this.#plan.discoveryIntervalMs;
    const polled = await pollOnce(this.#plan, {
      timing: this.#timing,
      discover,
      signal,
      onProgress: this.#observer.progress,
      known: this.current,
    });
    if (polled === undefined) return;
    this.#current = polled.published;
    if (discover) this.#discoveredAt = startedAt;
    this.#observer.polled(polled.published, polled.report, longestDelay());
  }

  /** In the background: polls by itself when the data has grown old, unless somebody asked before. */
  #pollLater(): void {
    this.#waiting.abort();
    const { background, intervalMs } = this.#plan;
    if (!background || this.#state !== undefined) return;
    this.#waiting = new AbortController();
    const spreadMs = intervalMs * backgroundSpread * this.#timing.random();
    const dueInMs = Math.max(intervalMs - this.#sinceStart(), 0);
    const poll = () => {
      this.refreshIfDue();
      // A timer may be early by less than a millisecond.
      if (!this.inProgress()) this.#pollLater();
    };
    this.#timing
      .sleep(Math.ceil(dueInMs + spreadMs), this.#waiting.signal)
      .then(poll, () => undefined);
  }

  async #render(): Promise<void> {
    const { generation, prepared: shown } = this.#current;
    try {
      const prepared = await this.#plan.prepare(generation, shown);
      if (this.#current.generation === generation) this.#current = { generation, prepared };
    } catch (error) {
      this.#observer.broke(error);
    }
  }
}
