import { type CollectorName, collectorFacts, type SwitchableCollector } from './collectors.ts';
import {
  lastKnown,
  lastReadAt,
  type Observed,
  type Outcome,
  observe,
  pending,
} from './observed.ts';
import type { UnixSeconds } from './time.ts';

/** What one collector has read of one subject, and when it last tried. */
export type Collection = {
  readonly observed: Observed<unknown>;
  readonly attemptedAt: UnixSeconds;
};

/** What the collectors have read of one subject. Missing: not read yet, or not to be read. */
export type Collected = Readonly<Partial<Record<CollectorName, Collection>>>;

/** The name of a collector, together with the type of what it reads. */
export type CollectorKey<T> = { readonly name: SwitchableCollector; readonly reads?: T };

export function collectorKey<T>(name: SwitchableCollector): CollectorKey<T> {
  return { name };
}

/** What the collector of this key has read. */
export function observedIn<T>(collected: Collected, { name }: CollectorKey<T>): Observed<T> {
  // Under the name of a collector stands nothing but what it has read.
  return (collected[name]?.observed ?? pending) as Observed<T>;
}

/** After these attempts, by the name of the collector, each at about that time. */
export function collectedAfter(
  collected: Collected,
  outcomes: readonly (readonly [name: CollectorName, outcome: Outcome<unknown>])[],
  at: UnixSeconds,
): Collected {
  if (outcomes.length === 0) return collected;
  const after: Partial<Record<CollectorName, Collection>> = { ...collected };
  for (const [name, outcome] of outcomes) {
    const before = collected[name]?.observed ?? pending;
    after[name] = { observed: observe(before, outcome), attemptedAt: at };
  }
  return after;
}

/** What is left when these collectors are off. */
export function collectedWithout(
  collected: Collected,
  off: readonly SwitchableCollector[],
): Collected {
  const left = Object.entries(collected).filter(([name]) => !off.some((one) => one === name));
  return Object.fromEntries(left);
}

/** What failed for another reason than a missing role may work soon. */
const retrySeconds = 900;

/** Whether a collector is to read a subject again. @param id of the subject */
export function isDue(
  name: SwitchableCollector,
  collection: Collection | undefined,
  id: string,
  now: UnixSeconds,
): boolean {
  if (collection === undefined) return true;
  const { observed, attemptedAt } = collection;
  const period = periodOf(name, id);
  const soon =
    (observed.kind === 'failed' || observed.kind === 'stale') &&
    observed.failure.reason !== 'forbidden';
  const wait = soon ? Math.min(period, retrySeconds) : period;
  // A clock that was set back must not stop the reading.
  return now - attemptedAt >= wait || attemptedAt - now >= period;
}

/** In seconds: from three to five quarters of the usual, so that subjects do not stay in step. */
export function periodOf(name: SwitchableCollector, id: string): number {
  const share = (Number.parseInt(id.slice(-4), 16) || 0) / 0xffff;
  return collectorFacts[name].everySeconds * (0.75 + share / 2);
}

/** The last good value, unless its reads have failed for too long: since a period before that time. */
export function lastCurrent<T>(
  observed: Observed<T>,
  { name }: CollectorKey<T>,
  staleBefore: UnixSeconds,
): T | undefined {
  const maxPeriod = collectorFacts[name].everySeconds * 1.25;
  const readAt = lastReadAt(observed) ?? Number.NEGATIVE_INFINITY;
  return readAt >= staleBefore - maxPeriod ? lastKnown(observed) : undefined;
}
