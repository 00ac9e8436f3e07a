import type { ClusterRow } from '../domain/cluster-view.ts';
import { failureReasons } from '../domain/failure.ts';
import { failureOf, lastReadAt } from '../domain/observed.ts';
import { at, type Phrase, say } from '../domain/phrase.ts';
import { intervals } from './blind.ts';
import type { EvaluationContext, Since } from './evaluation.ts';
import { lastRead } from './overdue.ts';
import { hour, seconds, type Values } from './parameters.ts';
import { itsExporter, lines, max } from './promql.ts';

/** When what is known of a cluster proves nothing any more. */
export const unreadParameters = { after: seconds(hour), intervals };
type Limits<V> = Values<typeof unreadParameters, V>;

/** By default. */
export const unreadLimits: Limits<number> = {
  after: unreadParameters.after.default,
  intervals: unreadParameters.intervals.default,
};

/**
 * Clusters whose snapshots were not read for so many seconds and so many polls, or never; in mode
 * adaptive both count from when the sweep should have come.
 */
export function unread({ after, intervals }: Limits<string | number>): string {
  const age = `time() - ${lastRead} - ${itsExporter} group_left () ${max('exporter_sweep_interval_seconds')}`;
  return lines(
    `(${age} > ${after})`,
    `> ${itsExporter} group_left () (${intervals} * ${max('exporter_poll_interval_seconds')})`,
    'or',
    `${max('refresh_success')} == 0`,
    `unless ${lastRead}`,
  );
}

/** The same of what is known now. */
export function unreadSince(
  { backups }: ClusterRow,
  { now, pollIntervalSeconds, sweepIntervalSeconds }: EvaluationContext,
  { after, intervals }: Limits<number>,
): Since {
  const readAt = lastReadAt(backups);
  if (readAt === undefined) return 'unknown';
  const allowed = sweepIntervalSeconds + Math.max(after, intervals * pollIntervalSeconds);
  return now - readAt > allowed ? readAt + allowed : undefined;
}

/** Whether what is known of a cluster is of use, by the shipped limits. */
export function readRecently(row: ClusterRow, context: EvaluationContext): boolean {
  return unreadSince(row, context, unreadLimits) === undefined;
}

/** When the snapshots of a cluster were last read. */
export function lastReadSentence({ backups }: ClusterRow): Phrase {
  const readAt = lastReadAt(backups);
  return readAt === undefined
    ? say`Its snapshots have never been read since this exporter started.`
    : say`Its snapshots were last read ${at(readAt)}.`;
}

/** What to do about a read that failed, as a sentence to go on with. */
export function remedy({ backups }: ClusterRow): string {
  const failure = failureOf(backups);
  return failure === undefined ? '' : ` ${failureReasons[failure.reason]}`;
}
