import { performance } from 'node:perf_hooks';

/** Milliseconds of this thread. */
export type Spent = {
  /** On a processor. */
  readonly worked: number;
  /** With nothing to do: waiting for the network, a timer or another process. */
  readonly idle: number;
};

/**
 * Measures until it is asked. Unlike the time on the wall neither of the two grows, or not by much,
 * when other processes use the processors, so that a bound on it holds on a busy machine, too.
 */
export function stopwatch(): () => Spent {
  const cpu = process.threadCpuUsage();
  const loop = performance.eventLoopUtilization();
  return () => {
    const { user, system } = process.threadCpuUsage(cpu);
    return {
      worked: (user + system) / 1000,
      idle: performance.eventLoopUtilization(loop).idle,
    };
  };
}

/** How long this thread works for it, in milliseconds. */
export async function workOf(work: () => unknown): Promise<number> {
  const spent = stopwatch();
  await work();
  return spent().worked;
}

/** The same of the quickest of many times: caches are cold in the first, and busy in some. */
export async function leastWorkOf(work: () => unknown, times: number): Promise<number> {
  let least = Infinity;
  for (let n = 0; n < times; n += 1) least = Math.min(least, await workOf(work));
  return least;
}
