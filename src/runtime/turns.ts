import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long enough to be worth a turn, short enough for whoever waits for theirs. */
const mostMs = 4;

/**
 * Long work, a few milliseconds at a time. What is returned is to be awaited between two steps of
 * it: undefined at once while there is time left, and later once all other work has had its turn.
 */
function newTurns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < mostMs) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
}

/** The value that steps lead to, taken in turns. */
export async function resultInTurns<T>(steps: Generator<void, T>): Promise<T> {
  const turn = newTurns();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const wait = turn();
    if (wait !== undefined) await wait;
  }
}

/**
 * Turns for pieces of work that begin in many places at once: each is given after the piece before,
 * and later once all other work has had its turn. If each took a turn of its own, all would get the
 * same one.
 */
export function sharedTurns(): () => Promise<void> {
  const turn = newTurns();
  let last = Promise.resolve();
  return () => {
    last = last.then(turn);
    return last;
  };
}
