/** How long the soak is, and what must not grow meanwhile; docs/reliability.md shows it, too. */
export const soak = {
  intervalSeconds: 300,
  clusters: 200,
  polls: { short: 400, long: 8_640 },
  /** About a tenth of all replies. */
  faults: [
    'server_error:0.015',
    'reset:0.015',
    'rate_limited:0.01',
    'half_json:0.015',
    'results_null:0.01',
    'duplicates:0.01',
    'not_records:0.01',
    'unknown_values:0.01',
    'older_listing:0.01',
  ],
  /** Of what they were when the caches had filled. */
  max: { heap: 1.1, handles: 5, series: 0.1 },
} as const;

/** What the last long run printed: at the poll that all is compared with, its maximum, at the end. */
export const measured = {
  polls: 8_640,
  failures: 8_632,
  heapMiB: { settled: 32.2, peak: 32.7, end: 32.7 },
  handles: { settled: 3, peak: 3, end: 3 },
  series: { settled: 6_546, peak: 6_736, end: 6_595 },
} as const;

/** Polls after which the caches have filled. */
export function settledAfter(polls: number): number {
  return Math.min(polls / 2, 500);
}
