import type { Timing } from '../../../src/atlas/transport/timing.ts';

/** Lets all that is ready run, timers apart. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

export type VirtualTime = {
  readonly timing: Timing;
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: readonly number[];
  readonly now: () => number;
  /** Moves the clock on, and wakes whoever sleeps until then, in order. */
  advance(ms: number): Promise<void>;
};

/** Time that moves only by hand: sleepers stay asleep until `advance`. */
export function standingTime(chance = 0): VirtualTime {
  let now = 1_000_000;
  const waits: number[] = [];
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      waits.push(ms);
      const sleeper = { at: now + ms, wake: resolve };
      sleepers.add(sleeper);
      signal.addEventListener('abort', () => {
        sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  return {
    timing: { monotonicMs: () => now, sleep, random: () => chance },
    waits,
    now: () => now,
    advance: async (ms) => {
      const until = now + ms;
      await settled();
      for (;;) {
        const [next] = [...sleepers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
        await settled();
      }
      now = Math.max(now, until);
      await settled();
    },
  };
}

/** Time that a sleep moves on at once: for real exchanges, whose waits nobody wants to sit out. */
export function hurriedTime(chance = 0): VirtualTime {
  let now = 1_000_000;
  const waits: number[] = [];
  return {
    timing: {
      monotonicMs: () => now,
      sleep: async (ms, signal) => {
        signal.throwIfAborted();
        waits.push(ms);
        now += ms;
      },
      random: () => chance,
    },
    waits,
    now: () => now,
    advance: async (ms) => {
      now += ms;
    },
  };
}
