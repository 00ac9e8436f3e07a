import { expectedIntervalSeconds } from './longest-gap.ts';
import type { PolicyItem } from './schedule.ts';

/**
 * The items that decide the longest gap of a policy: each that allows no longer one by itself, or
 * else, where only several together do, all that fire. Empty when none fires by itself.
 */
export function decidingItems(items: readonly PolicyItem[]): readonly PolicyItem[] {
  const gap = expectedIntervalSeconds(items);
  if (gap === undefined) return [];
  const firing = items.flatMap((item) => {
    const alone = expectedIntervalSeconds([item]);
    return alone === undefined ? [] : [{ item, alone }];
  });
  const enough = firing.filter(({ alone }) => alone === gap);
  return (enough.length > 0 ? enough : firing).map(({ item }) => item);
}
