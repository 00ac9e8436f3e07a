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
