/** Lets only so many work at a time. */
export type Gate = {
  /**
   * Runs `work` when there is room. Of those who wait, the one of the highest priority comes first,
   * and of equals who came first.
   */
  readonly run: <T>(work: () => Promise<T>, priority?: number) => Promise<T>;
  /** How many wait for room. */
  readonly waiting: () => number;
};

type Waiting = { readonly priority: number; readonly enter: () => void };

/**
 * `onLeft` is told whenever one has ended, well or not. Libraries have such queues; every read of every
 * poll goes through this one, and theirs took a twentieth of a poll's CPU.
 */
export function newGate(places: number, onLeft: () => void = () => undefined): Gate {
  let free = places;
  /** Who comes first stands last. */
  const waiting: Waiting[] = [];
  const room = (priority: number) =>
    new Promise<void>((enter) => {
      const at = waiting.findLastIndex((one) => one.priority < priority) + 1;
      waiting.splice(at, 0, { priority, enter });
    });
  return {
    run: async (work, priority = 0) => {
      if (free > 0) free -= 1;
      else await room(priority);
      try {
        return await work();
      } finally {
        const next = waiting.pop();
        if (next === undefined) free += 1;
        else next.enter();
        onLeft();
      }
    },
    waiting: () => waiting.length,
  };
}
