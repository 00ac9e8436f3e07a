import type { Plan } from './plan.ts';
import { itemsOf } from './schedule.ts';
import { isCompleted, type PolicyFrequency, policyFrequencies, type Snapshot } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** The completed snapshots that satisfy the policy items of one frequency. */
export type Kept = { readonly count: number; readonly newestAt: UnixSeconds | undefined };

/** By frequency; a frequency that the policy does not have is missing. */
export type KeptByFrequency = Readonly<Partial<Record<PolicyFrequency, Kept>>>;

/**
 * Matches snapshots with policy items by the ids that a snapshot carries: one that was taken for
 * several items counts for each of them.
 */
export function keptByFrequency(
  plan: Plan | undefined,
  snapshots: readonly Snapshot[],
): KeptByFrequency {
  if (plan === undefined) return {};
  const completed = snapshots.filter(isCompleted);
  const kept: Partial<Record<PolicyFrequency, Kept>> = {};
  for (const frequency of policyFrequencies) {
    const ids = new Set(itemsOf(plan.schedule, frequency).map(({ id }) => id));
    if (ids.size === 0) continue;
    const times = completed
      .filter(({ policyItemIds }) => policyItemIds.some((id) => ids.has(id)))
      .map(({ takenAt }) => takenAt);
    kept[frequency] = {
      count: times.length,
      newestAt: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
    };
  }
  return kept;
}
