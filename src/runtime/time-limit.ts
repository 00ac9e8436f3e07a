/**
 * A signal that aborts when `signal` does, or after so many milliseconds. `over` ends the wait: unlike
 * that of `AbortSignal.timeout`, its timer then stays in memory no longer.
 */
export function withTimeLimit(
  signal: AbortSignal,
  ms: number,
): { readonly signal: AbortSignal; readonly over: () => void } {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ms);
  return { signal: AbortSignal.any([signal, late.signal]), over: () => clearTimeout(timer) };
}

/** Waits for something until it has settled or `sleep` has ended, which is then cut short. */
export async function waitAtMost(
  something: Promise<unknown>,
  sleep: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const waited = new AbortController();
  await Promise.race([something, sleep(waited.signal).catch(() => undefined)]);
  waited.abort();
}
