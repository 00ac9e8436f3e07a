import { observedIn } from './collected.ts';
import type { CollectorName } from './collectors.ts';
import type { Fleet } from './fleet.ts';
import { lastReadAt } from './observed.ts';
import { planKey } from './plan.ts';
import { hasSchedule } from './schedule.ts';
import type { UnixSeconds } from './time.ts';
import type { TrackedCluster } from './tracked-cluster.ts';

export const readStates = ['fresh', 'stale', 'expired', 'unread'] as const;
/**
 * `fresh`: the last read worked. `stale`: it failed, older facts are shown. `expired`: these are so
 * old that only what ages by itself is shown. `unread`: never read.
 */
export type ReadState = (typeof readStates)[number];

export function readState(
  { backups }: TrackedCluster,
  now: UnixSeconds,
  maxStalenessSeconds: number,
): ReadState {
  const readAt = lastReadAt(backups);
  if (readAt === undefined) return 'unread';
  if (now - readAt > maxStalenessSeconds) return 'expired';
  return backups.kind === 'fresh' ? 'fresh' : 'stale';
}

/** Whether the last attempt worked for every scope of this collector. */
export function isCovered(fleet: Fleet, collector: CollectorName): boolean {
  switch (collector) {
    case 'clusters':
      return (
        every(
          fleet.accounts.values(),
          ({ listing }) => listing.kind === 'fresh' && listing.value.length === 0,
        ) && every(fleet.projects.values(), ({ listing }) => listing.kind === 'fresh')
      );
    case 'snapshots':
      return every(fleet.clusters.values(), ({ backups }) => backups.kind === 'fresh');
    case 'schedule':
      return every(
        fleet.clusters.values(),
        ({ cluster, collected }) =>
          !hasSchedule(cluster) || observedIn(collected, planKey).kind === 'fresh',
      );
  }
}

function every<T>(values: Iterable<T>, holds: (value: T) => boolean): boolean {
  for (const value of values) if (!holds(value)) return false;
  return true;
}
