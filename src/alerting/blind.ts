import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Generation } from '../domain/generation.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { EvaluationContext, PollTiming } from './evaluation.ts';
import { count } from './parameters.ts';
import { indented, lines, max } from './promql.ts';

/** After so many poll intervals without one the exporter is blind. */
export const intervals = count(4);

/**
 * One forbidden cluster makes every poll incomplete, which is no blindness: polls that end and find
 * something fresh are looking.
 */
export function blindFor(polls: string): string {
  const limit = `${polls} * ${max('exporter_poll_interval_seconds')}`;
  return lines(
    `time() - ${max('exporter_poll_last_success_timestamp_seconds')} > ${limit}`,
    `and ${indented(
      lines(
        `time() - ${max('exporter_poll_last_completed_timestamp_seconds')} > ${limit}`,
        'or',
        `${max('exporter_clusters', 'state="fresh"', ['state'])} == 0`,
      ),
    )}`,
  );
}

/** The same by its default, for rules that are inhibited meanwhile. */
export const blind = blindFor(String(intervals.default));

/** What the conditions of a generation's clusters are judged by. */
export function evaluationContext(
  { polls }: Generation,
  rows: readonly ClusterRow[],
  { now, pollIntervalSeconds, sweepIntervalSeconds }: PollTiming & { readonly now: UnixSeconds },
): EvaluationContext {
  const allowed = intervals.default * pollIntervalSeconds;
  const nothingFresh = !rows.some(
    ({ cluster, state }) => canHaveBackups(cluster) && state === 'fresh',
  );
  return {
    now,
    pollIntervalSeconds,
    sweepIntervalSeconds,
    schedulesRead: polls.collectors.schedule !== false,
    blind:
      now - polls.lastSuccessAt > allowed &&
      (now - polls.lastCompletedAt > allowed || nothingFresh),
  };
}
