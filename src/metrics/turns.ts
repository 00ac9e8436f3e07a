import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long enough to be worth a turn, short enough for whoever waits for theirs. */
const mostMs = 4;

/**
 * Goes through many things, and lets other work have its turn every few milliseconds. What one
 * thing costs is not interrupted.
 */
export async function inTurns<T>(things: Iterable<T>, work: (thing: T) => void): Promise<void> {
  let since = performance.now();
  for (const thing of things) {
    work(thing);
    if (performance.now() - since < mostMs) continue;
    await nextTurn();
    since = performance.now();
  }
}
