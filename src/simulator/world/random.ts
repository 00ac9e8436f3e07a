import type { UnixSeconds } from '../../domain/time.ts';

/** A well-mixed unsigned 32-bit number from two others: the finaliser of MurmurHash3. */
export function mix(seed: number, n: number): number {
  let h = (seed ^ Math.imul(n | 0, 0x9e3779b1)) | 0;
  // Times need more than 32 bits after 2038, and fractions of seeds must not collide either.
  h = Math.imul(h ^ (h >>> 16) ^ Math.floor(n / 0x1_0000_0000), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number for a text, the same on every machine and in every run. */
export function seedOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h >>> 0, text.length);
}

/** From 0 to below 1. */
export function fraction(seed: number, n: number): number {
  return mix(seed, n) / 0x1_0000_0000;
}

/** A whole number from `low` to `high`, both included. */
export function between(seed: number, n: number, low: number, high: number): number {
  return low + Math.floor(fraction(seed, n) * (high - low + 1));
}

export function pick<T>(choices: readonly [T, ...T[]], seed: number, n: number): T {
  return choices[mix(seed, n) % choices.length] ?? choices[0];
}

const hexBytes = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));

function hex8(n: number): string {
  return `${hexBytes[n >>> 24]}${hexBytes[(n >>> 16) & 255]}${hexBytes[(n >>> 8) & 255]}${hexBytes[n & 255]}`;
}

/** An id as MongoDB makes them: the first four bytes are the time it was made. */
export function objectId(at: UnixSeconds, seed: number): string {
  const whole = Math.floor(at);
  return hex8(whole) + hex8(mix(seed, whole)) + hex8(mix(seed ^ 0x5bd1e995, whole + 1));
}

/** A version 4 UUID, as Atlas names the keys of customers. */
export function uuid(seed: number): string {
  const hex = [1, 2, 3, 4].map((n) => hex8(mix(seed, n))).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
