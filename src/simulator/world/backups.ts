import type { UnixSeconds } from '../../domain/time.ts';
import { forever } from './durations.ts';
import type { Policy } from './policy.ts';

/** `from` included, `until` not. */
export type Span = { readonly from: UnixSeconds; readonly until: UnixSeconds };

export type OnDemand = {
  readonly at: UnixSeconds;
  readonly description: string;
  readonly retentionDays: number;
};

/** When a schedule fires, and what becomes of its snapshots. */
export type Backups = {
  readonly policy: Policy;
  /** The schedule fires in this span only: before it there was none, after it it is silent. */
  readonly active: Span;
  /** In these spans the cluster is paused, and the schedule does not fire. */
  readonly pauses: readonly Span[];
  /** What a silent schedule announces: one run after another, or forever the first that was missed. */
  readonly announces: 'next' | 'missed';
  /** Snapshots asked for in these spans claim to have been taken so many seconds later. */
  readonly ahead: readonly (Span & { readonly seconds: number })[];
  /** Snapshots asked for in these spans fail. */
  readonly failing: readonly Span[];
  /** Snapshots asked for in these spans are fallback snapshots. */
  readonly fallback: readonly Span[];
  /** The first snapshot from then on never ends, and none comes after it. */
  readonly stuckFrom: UnixSeconds | undefined;
  readonly onDemand: readonly OnDemand[];
};

/** Backups to which nothing happens. */
export function steadyBackups(policy: Policy, active: Span): Backups {
  const none = { pauses: [], ahead: [], failing: [], fallback: [], onDemand: [] } as const;
  return { policy, active, ...none, announces: 'next', stuckFrom: undefined };
}

/** The first span that the moment is in. */
export function spanAt<T extends Span>(spans: readonly T[], at: UnixSeconds): T | undefined {
  return spans.find(({ from, until }) => at >= from && at < until);
}

/** The schedule stops; the snapshots go on expiring. */
export function pauseSchedule(backups: Backups, at: UnixSeconds): Backups {
  return { ...backups, pauses: [...backups.pauses, { from: at, until: forever }] };
}

/** From then on the schedule does not fire any more. */
export function stopSchedule(
  backups: Backups,
  at: UnixSeconds,
  announces: Backups['announces'] = 'next',
): Backups {
  const { from, until } = backups.active;
  return { ...backups, active: { from, until: Math.min(until, at) }, announces };
}
