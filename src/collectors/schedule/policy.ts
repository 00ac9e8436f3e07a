import type { ClusterRow } from '../../domain/cluster-view.ts';
import { decidingItems } from '../../domain/deciding-items.ts';
import { unpacked } from '../../domain/packed-snapshots.ts';
import type { PolicyItem } from '../../domain/schedule.ts';
import { type CompletedSnapshot, isCompleted, isNewer } from '../../domain/snapshot.ts';

/** A policy item with the completed snapshots that carry its id. */
export type KeptItem = {
  readonly item: PolicyItem;
  /** It is one of those that decide the longest gap of the policy. */
  readonly decides: boolean;
  readonly count: number;
  readonly newest: CompletedSnapshot | undefined;
};

/** The last known policy of a cluster, item by item. */
export function keptItems({ knownPlan, known }: ClusterRow): readonly KeptItem[] {
  const items = knownPlan?.schedule.policyItems ?? [];
  const deciding = new Set(decidingItems(items));
  const completed =
    known === undefined ? [] : unpacked(known.listing.snapshots).filter(isCompleted);
  return items.map((item) => {
    const satisfying = completed.filter(({ policyItemIds }) => policyItemIds.includes(item.id));
    return {
      item,
      decides: deciding.has(item),
      count: satisfying.length,
      newest: satisfying.reduce<CompletedSnapshot | undefined>(
        (newest, one) => (newest === undefined || isNewer(one, newest) ? one : newest),
        undefined,
      ),
    };
  });
}
