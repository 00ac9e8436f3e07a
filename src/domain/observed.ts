import type { Failure } from './failure.ts';
import type { UnixSeconds } from './time.ts';

/** What is known of one thing that is read from Atlas, and how well. */
export type Observed<T> =
  | { readonly kind: 'pending' }
  | { readonly kind: 'fresh'; readonly value: T; readonly at: UnixSeconds }
  | {
      readonly kind: 'stale';
      readonly value: T;
      readonly at: UnixSeconds;
      readonly failure: Failure;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** How one attempt to read went. */
export type Outcome<T> =
  | { readonly kind: 'read'; readonly value: T; readonly at: UnixSeconds }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** An attempt that found what is known already, word for word. */
export type Unchanged = { readonly kind: 'unchanged'; readonly at: UnixSeconds };

export const pending: Observed<never> = { kind: 'pending' };

/** The last good value, however old. Undefined: never read. */
export function lastKnown<T>(observed: Observed<T>): T | undefined {
  return observed.kind === 'fresh' || observed.kind === 'stale' ? observed.value : undefined;
}

/** When the last good value was read. Undefined: never. */
export function lastReadAt(observed: Observed<unknown>): UnixSeconds | undefined {
  return observed.kind === 'fresh' || observed.kind === 'stale' ? observed.at : undefined;
}

export function failureOf(observed: Observed<unknown>): Failure | undefined {
  return observed.kind === 'failed' || observed.kind === 'stale' ? observed.failure : undefined;
}

/** Read again, and nothing new: what is known is as good as at that time. */
export function confirmed<T>(before: Observed<T>, at: UnixSeconds): Observed<T> {
  const known = lastKnown(before);
  return known === undefined ? before : { kind: 'fresh', value: known, at };
}

/** A good outcome replaces what was known; a failure only marks it as old. */
export function observe<T>(before: Observed<T>, outcome: Outcome<T>): Observed<T> {
  if (outcome.kind === 'read') return { kind: 'fresh', value: outcome.value, at: outcome.at };
  switch (before.kind) {
    case 'fresh':
    case 'stale':
      return { kind: 'stale', value: before.value, at: before.at, failure: outcome.failure };
    case 'pending':
    case 'failed':
      return { kind: 'failed', failure: outcome.failure };
  }
}
