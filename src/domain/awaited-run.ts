import type { Backups } from './backups.ts';
import { lastKnown, type Observed } from './observed.ts';
import type { Plan } from './plan.ts';
import type { UnixSeconds } from './time.ts';

/** The clocks of those who announce a run and of those who begin it need not agree. */
const earliestSeconds = 60;

/**
 * The run that Atlas had announced, when it announces another and no snapshot of it was listed yet.
 * Atlas may do so before the snapshot is there to be listed.
 * @param awaited the one from before this reading of the schedule
 * @param known the last good listing
 */
export function awaitedAfter(
  awaited: UnixSeconds | undefined,
  plan: Observed<Plan | undefined>,
  readAt: UnixSeconds,
  known: Backups | undefined,
): UnixSeconds | undefined {
  const announced = lastKnown(plan)?.schedule.nextSnapshotAt;
  return stillAwaited(announced !== undefined && announced <= readAt ? announced : awaited, known);
}

/** The same, unless a snapshot that was requested since then is listed. */
export function stillAwaited(
  awaited: UnixSeconds | undefined,
  known: Backups | undefined,
): UnixSeconds | undefined {
  if (awaited === undefined || known === undefined) return awaited;
  return (known.lastRequestedAt ?? 0) >= awaited - earliestSeconds ? undefined : awaited;
}
