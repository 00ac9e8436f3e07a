import type { ClusterRow } from '../domain/cluster-view.ts';
import { lastReadAt } from '../domain/observed.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { lines, max } from './promql.ts';

export const due = max('snapshot_due_timestamp_seconds');
export const lastRead = max('refresh_last_success_timestamp_seconds');
export const exempted = `${max('exempt')} == 1`;

/** We looked after the deadline, and nothing was there. */
export const readAfterDeadline = lines(due, `< ${lastRead}`);

/**
 * What is paused, off or exempt has no due time; the exceptions are for the minutes in which the one
 * from before can still be seen.
 */
export const overdue = lines(
  readAfterDeadline,
  `unless ${max('cluster_paused')} == 1`,
  `unless ${max('enabled')} == 0`,
  `unless ${exempted}`,
);

/** The same of what is known now. */
export function overdueSince({ backups, due }: ClusterRow): UnixSeconds | undefined {
  const readAt = lastReadAt(backups);
  return due !== undefined && readAt !== undefined && due.at < readAt ? due.at : undefined;
}
