import type { Cluster } from './cluster.ts';
import { observedIn, periodOf } from './collected.ts';
import { type Plan, planKey } from './plan.ts';
import { hasSchedule } from './schedule.ts';
import type { Snapshot } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';
import type { TrackedCluster } from './tracked-cluster.ts';

/** A listing by what its snapshots were requested for; asked for one by one only where that matters. */
export type RequestedSnapshots = {
  readonly lastRequestedAt: UnixSeconds | undefined;
  readonly snapshots: () => readonly Snapshot[];
};

/** While the announced run is past, Atlas may announce the next one at any time. */
const readOverdueEverySeconds = 900;

/**
 * Whether to ask for a cluster's schedule now: when it was not read for long, when something has
 * happened that the one known does not explain, and when the announced run has passed.
 * @param listed the listing just read; undefined when that failed
 */
export function asksSchedule(
  tracked: TrackedCluster | undefined,
  cluster: Cluster,
  listed: RequestedSnapshots | undefined,
  now: UnixSeconds,
): boolean {
  if (!hasSchedule(cluster)) return false;
  if (tracked?.cluster.id !== cluster.id) return true;
  const observed = observedIn(tracked.collected, planKey);
  if (observed.kind !== 'fresh') return true;
  const { at, value: plan } = observed;
  const before = tracked.cluster;
  return (
    before.backupEnabled !== cluster.backupEnabled ||
    before.paused !== cluster.paused ||
    now >= readAgainAt(cluster, plan, at) ||
    // A clock that was set back must not stop the reading.
    at - now >= periodOf('schedule', cluster.id) ||
    holdsUnexplained(listed, plan, at)
  );
}

/**
 * From when on a poll asks again for a schedule that was read at `readAt`, even if nothing happens
 * that it does not explain: after a while, or once the announced run has passed.
 */
export function readAgainAt(
  cluster: Pick<Cluster, 'id'>,
  plan: Plan | undefined,
  readAt: UnixSeconds,
): UnixSeconds {
  const usual = readAt + periodOf('schedule', cluster.id);
  const next = plan?.schedule.nextSnapshotAt;
  if (next === undefined) return usual;
  return Math.min(usual, next > readAt ? next : readAt + readOverdueEverySeconds);
}

/** One was asked for after that reading, on behalf of a policy item that it did not hold. */
function holdsUnexplained(
  listed: RequestedSnapshots | undefined,
  plan: Plan | undefined,
  readAt: UnixSeconds,
): boolean {
  if (listed === undefined || (listed.lastRequestedAt ?? 0) <= readAt) return false;
  const known = new Set(plan?.schedule.policyItems.map((item) => item.id));
  return listed
    .snapshots()
    .some(
      ({ requestedAt, policyItemIds }) =>
        requestedAt > readAt && policyItemIds.some((one) => !known.has(one)),
    );
}
