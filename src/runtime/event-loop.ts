import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long enough to be worth a pause, short enough for whoever waits. */
const maxBatchMs = 4;

/**
 * Long work, a few milliseconds at a time. What is returned is to be awaited between two batches:
 * undefined while there is time left, else a promise that all other work has had its turn.
 */
export function newYield(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < maxBatchMs) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
}

/** What batches lead to; all other work has its turn between them. */
export async function runInBatches<T>(steps: Generator<void, T>): Promise<T> {
  const yielded = newYield();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const wait = yielded();
    if (wait !== undefined) await wait;
  }
}

/**
 * For work that begins in many places at once: each call waits for the one before it, and, once a
 * batch has taken long enough, for all other work. With a pause of its own each would get the same one.
 */
export function sharedYield(): () => Promise<void> {
  const turn = newYield();
  let last = Promise.resolve();
  return () => {
    last = last.then(turn);
    return last;
  };
}

/** What batches lead to, without a pause between them. */
export function runToEnd<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** So many that a pause after them costs little. */
const batchSize = 16;

/** Goes through many small items, and may be paused after each batch of them. */
export function* inBatches<T>(items: Iterable<T>, work: (item: T) => void): Generator<void, void> {
  let left = batchSize;
  for (const item of items) {
    work(item);
    left -= 1;
    if (left > 0) continue;
    yield;
    left = batchSize;
  }
}

/** Fine enough for what a scraper would notice; costs next to nothing. */
const resolution = 20;

/**
 * Watches for how long other work has to wait. Call what is returned to end that: it says the longest
 * wait in seconds. Only ever for a while: watching wakes an idle process.
 */
export function watchedLoop(): () => number {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  return () => {
    delays.disable();
    // Each sample has waited for its own turn as well. Without a sample the least wins over the most.
    return Math.max(0, delays.max / 1e9 - resolution / 1000);
  };
}
