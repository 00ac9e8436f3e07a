/**
 * Unix time in seconds, UTC. Atlas dates have whole seconds, Prometheus wants seconds, and a small
 * integer costs a tenth of a `Date`, which counts with ten thousand clusters of thirty snapshots.
 */
export type UnixSeconds = number;

/** Reads the time. A parameter wherever time matters, so that tests and the simulator can set it. */
export type Clock = () => UnixSeconds;

export const systemClock: Clock = () => Date.now() / 1000;

/** Full RFC 3339 text in UTC with whole seconds, as Atlas writes it: `2026-08-10T03:28:08Z`. */
export function isoDate(at: UnixSeconds): string {
  return `${new Date(Math.floor(at) * 1000).toISOString().slice(0, 19)}Z`;
}

/** The time as people read it: `2026-11-30 20:43 UTC`. One that never comes reads "never". */
export function utcText(at: UnixSeconds): string {
  return Number.isFinite(at) ? `${isoDate(at).slice(0, 16).replace('T', ' ')} UTC` : 'never';
}

/** The time in the first four bytes of an object id of MongoDB. */
export function objectIdTime(id: string): UnixSeconds {
  return Number.parseInt(id.slice(0, 8), 16);
}
