import type { Collected } from './collected.ts';
import { type CollectorName, factsOf, whyNot } from './collectors.ts';
import type { Fleet } from './fleet.ts';
import { lastReadAt } from './observed.ts';
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
    default: {
      const worked = ({ collected }: { readonly collected: Collected }) =>
        collected[collector]?.observed.kind === 'fresh';
      const { scope } = factsOf(collector);
      if (scope !== 'cluster') return every(fleet[`${scope}s`].values(), worked);
      return every(
        fleet.clusters.values(),
        (tracked) => whyNot(collector, tracked.cluster) !== undefined || worked(tracked),
      );
    }
  }
}

function every<T>(values: Iterable<T>, holds: (value: T) => boolean): boolean {
  for (const value of values) if (!holds(value)) return false;
  return true;
}
