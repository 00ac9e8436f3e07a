import { canHaveBackups } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Generation } from '../domain/generation.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { Recording } from './alert.ts';
import type { EvaluationContext, PollTiming } from './evaluation.ts';
import { count } from './parameters.ts';
import { indented, lines, max } from './promql.ts';

/** After so many poll intervals without one the exporter is blind. */
export const intervals = count(4);

const lastCompleted = max('exporter_poll_last_completed_timestamp_seconds');
const lastSuccess = max('exporter_poll_last_success_timestamp_seconds');

/**
 * One forbidden cluster makes every poll incomplete, which is no blindness: polls that end and find
 * something fresh are looking.
 */
export const blindPolls: Recording = {
  name: 'mongodbatlas_backup:blind:poll_intervals',
  about:
    'For how many poll intervals a job has seen nothing of Atlas: since its last complete poll while it can read no cluster, else since a poll last ended.',
  expression: lines(
    indented(
      lines(
        `time() - ${lastSuccess}`,
        `and ${max('exporter_clusters', 'state="fresh"', ['state'])} == 0`,
        'or',
        `time() - ${lastCompleted}`,
        `and ${lastSuccess}`,
      ),
    ),
    `/ ${max('exporter_poll_interval_seconds')}`,
  ),
};

/** The same against a limit. Its default is for rules that are inhibited meanwhile. */
export function blindFor(polls: string | number = intervals.default): string {
  return `${blindPolls.name} > ${polls}`;
}

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
    blind:
      now - polls.lastSuccessAt > allowed &&
      (now - polls.lastCompletedAt > allowed || nothingFresh),
  };
}
