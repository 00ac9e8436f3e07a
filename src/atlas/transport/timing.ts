import { setTimeout as delay } from 'node:timers/promises';

/** What the layers need of time and chance: parameters, so that tests decide them. */
export type Timing = {
  /** Milliseconds that never step back, whatever happens to the wall clock. */
  readonly monotonicMs: () => number;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
};

export const realTiming: Timing = {
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  random: Math.random,
};
