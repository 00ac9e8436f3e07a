import { monitorEventLoopDelay } from 'node:perf_hooks';

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
