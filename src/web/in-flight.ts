/** Runs as many at once as it is told, and no more: then it answers undefined without running. */
export function atMost(max: number): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  let running = 0;
  return async (work) => {
    if (running >= max) return undefined;
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
}
