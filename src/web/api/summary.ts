import { z } from 'zod';
import type { EvaluationContext } from '../../alerting/evaluation.ts';
import { stateNames } from '../../alerting/states.ts';
import { topologies } from '../../domain/cluster.ts';
import { readStates } from '../../domain/coverage.ts';
import { failureReasons } from '../../domain/failure.ts';
import { failureOf, lastReadAt } from '../../domain/observed.ts';
import { plainText } from '../../domain/phrase.ts';
import { type ConditionHistory, firstSeen } from '../../status/condition-history.ts';
import type { FleetLine } from '../../status/fleet-order.ts';
import { reasonOf } from '../../status/judgement.ts';
import { present, time, timeText } from './values.ts';

export const severity = z.enum(['critical', 'warning', 'info']);

/** A failed read. */
export const failure = z.object({
  reason: z
    .enum(Object.keys(failureReasons) as (keyof typeof failureReasons)[])
    .describe('As in the label `reason` of the metrics.'),
  remedy: z.string().describe('What it means and how to mend it.'),
  endpoint: z.string().describe('The API call. Empty: none.'),
  detail: z.string().describe('An HTTP status or an error code. Empty: none.'),
});

const condition = z.object({
  name: z.string().describe('Of the shipped alert.'),
  severity,
  since: time.optional().describe('Since when it holds by what was read.'),
  seen_at: time.optional().describe('The end of the poll that first met it.'),
});

const newest = z.object({
  id: z.string(),
  taken_at: time,
  age_seconds: z.number(),
  expires_at: time.optional().describe('Absent when it is kept for ever, or no end is announced.'),
  kept_for_ever: z.boolean(),
  size_bytes: z
    .number()
    .optional()
    .describe('Storage size. Absent for flex, and after `poll.max_staleness` without a read.'),
});

/** A cluster as the list shows it. */
export const clusterSummary = z.object({
  project_id: z.string(),
  project: z.string(),
  cluster: z.string(),
  account: z.string(),
  topology: z.enum(topologies),
  instance_size: z.string(),
  state: z.enum(stateNames),
  severity: severity.optional().describe('Of the worst alert. Absent without an alert.'),
  reason: z.string().describe('Why it is in this state, in words.'),
  alerts: z
    .array(condition)
    .describe('Shipped alerts whose condition holds now, by their shipped thresholds.'),
  newest_completed: newest.optional().describe('Absent when no completed snapshot is known.'),
  due_at: time.optional().describe('By when one more completed snapshot must be visible.'),
  recoverable_until: time
    .optional()
    .describe('When the last restorable snapshot is deleted if no more is taken.'),
  recoverable_for_ever: z.boolean().describe('A completed snapshot is kept for ever.'),
  snapshots: z
    .object({
      queued: z.int(),
      in_progress: z.int(),
      completed: z.int(),
      failed: z.int(),
      other: z.int(),
    })
    .optional()
    .describe(
      'Listed now. Absent before the first read and after `poll.max_staleness` without one.',
    ),
  read_state: z.enum(readStates).describe('How well its snapshots are known.'),
  last_read_at: time.optional().describe('When its snapshots were last read in full.'),
  failure: failure.optional().describe('Why the last read failed. Absent when it worked.'),
});

export function summaryOf(
  { row, judgement }: FleetLine,
  context: EvaluationContext,
  history: ConditionHistory,
): z.input<typeof clusterSummary> {
  const { cluster, known, current } = row;
  const failed = failureOf(row.backups);
  const taken = known?.newestCompleted;
  return present({
    project_id: cluster.projectId,
    project: row.projectName,
    cluster: cluster.name,
    account: row.account,
    topology: cluster.topology,
    instance_size: cluster.instanceSize,
    state: judgement.state,
    severity: judgement.severity,
    reason: plainText(reasonOf(row, judgement, context)),
    alerts: judgement.conditions.map(({ condition, since }) =>
      present({
        name: condition.alert.name,
        severity: condition.severity,
        since: timeText(since),
        seen_at: timeText(firstSeen(history, cluster, condition)),
      }),
    ),
    newest_completed:
      taken &&
      present({
        id: taken.id,
        taken_at: timeText(taken.takenAt) ?? '',
        age_seconds: context.now - taken.takenAt,
        expires_at: timeText(taken.expiresAt),
        kept_for_ever: taken.expiresAt === Number.POSITIVE_INFINITY,
        size_bytes: current?.newestCompleted?.sizeBytes,
      }),
    due_at: timeText(row.due?.at),
    recoverable_until: timeText(known?.recoverableUntil),
    recoverable_for_ever: known?.recoverableUntil === Number.POSITIVE_INFINITY,
    snapshots: current?.counts,
    read_state: row.state,
    last_read_at: timeText(lastReadAt(row.backups)),
    failure: failed && { ...failed, remedy: failureReasons[failed.reason] },
  });
}
