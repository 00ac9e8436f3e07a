import type { UnixSeconds } from './time.ts';

/** Comes round once in so many seconds, at a time of its own for each thing. */
type Round = { readonly everySeconds: number; readonly of: string };

/**
 * Whether it came round after `before`, until `now`. A clock that was set back counts, too, once it
 * crosses such a time.
 */
export function hasPassedBetween(
  before: UnixSeconds,
  now: UnixSeconds,
  { everySeconds, of }: Round,
): boolean {
  const phase = everySeconds * share(of);
  const rounds = (at: UnixSeconds) => Math.floor((at - phase) / everySeconds);
  return rounds(before) !== rounds(now);
}

/**
 * From 0 to below 1, spread evenly over ids that differ in one letter: FNV-1a, finished as murmur
 * does it. No secret depends on it, and it is asked for each cluster at each poll.
 */
function share(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
