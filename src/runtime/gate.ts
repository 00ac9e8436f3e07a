/**
 * Lets only so many work at a time. `onLeft` is told whenever one has ended, well or not. Libraries
 * have such queues; every read of every poll goes through this one, and theirs took a twentieth of a
 * poll's CPU.
 */
export function newGate(places: number, onLeft: () => void = () => undefined) {
  let free = places;
  /** Who comes first stands last. */
  const waiting: { readonly priority: number; readonly enter: () => void }[] = [];
  const room = (priority: number) =>
    new Promise<void>((enter) => {
      const at = waiting.findLastIndex((one) => one.priority < priority) + 1;
      waiting.splice(at, 0, { priority, enter });
    });
  return {
    /**
     * Runs `work` when there is room. Of those who wait, the one of the highest priority comes first,
     * and of equals who came first.
     */
    run: async <T>(work: () => Promise<T>, priority = 0): Promise<T> => {
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
    /** How many wait for room. */
    waiting: () => waiting.length,
  };
}
