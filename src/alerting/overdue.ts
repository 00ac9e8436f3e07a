import type { ClusterRow } from '../domain/cluster-view.ts';
import { lastReadAt } from '../domain/observed.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { Recording } from './alert.ts';
import { acrossReplicas, last, lines, max } from './promql.ts';

export const due = max('snapshot_due_timestamp_seconds');
export const lastRead = max('refresh_last_success_timestamp_seconds');
export const exempted = `${max('exempt')} == 1`;

export const lastReader: Recording = {
  name: 'mongodbatlas_backup:last_read:replica',
  about:
    'When a cluster was last read, of the replica that read it last: `instance` and `pod` name that replica.',
  expression: `topk without (instance, pod) (1, ${last('refresh_last_success_timestamp_seconds')})`,
};

/** We looked after the deadline, and nothing was there. For rules of the group that records it. */
export const readAfterDeadline = lines(due, `< ${acrossReplicas('max', lastReader.name)}`);

/**
 * What is paused, off or exempt has no due time; the exceptions are for the minutes in which the one
 * from before can still be seen.
 */
function excepted(expression: string): string {
  return lines(
    expression,
    `unless ${max('cluster_paused')} == 1`,
    `unless ${max('enabled')} == 0`,
    `unless ${exempted}`,
  );
}

export const overdue = excepted(readAfterDeadline);
/** The same for rules of other groups, which see what is recorded one evaluation later. */
export const overdueElsewhere = excepted(lines(due, `< ${lastRead}`));

/** The same of what is known now. */
export function overdueSince({ backups, due }: ClusterRow): UnixSeconds | undefined {
  const readAt = lastReadAt(backups);
  return due !== undefined && readAt !== undefined && due.at < readAt ? due.at : undefined;
}
