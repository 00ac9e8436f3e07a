import { z } from 'zod';
import { stateNames } from '../../alerting/states.ts';
import { topologies } from '../../domain/cluster.ts';
import { readStates } from '../../domain/coverage.ts';
import { failureOf, lastReadAt } from '../../domain/observed.ts';
import { plainText } from '../../domain/phrase.ts';
import { activeAlerts } from '../../status/active-alerts.ts';
import type { FleetLine } from '../../status/fleet-order.ts';
import { reasonOf } from '../../status/judgement.ts';
import type { StatusView } from '../../status/view.ts';
import { alertRecord, alertRecordOf, severity } from './alert-record.ts';
import { failureRecord, failureRecordOf } from './failure-record.ts';
import { snapshotRecord, snapshotRecordOf } from './snapshot-record.ts';
import { present, time, timeText } from './values.ts';

const counts = z.object({
  queued: z.int(),
  in_progress: z.int(),
  completed: z.int(),
  failed: z.int(),
  other: z.int(),
});

/** A cluster as the list shows it. */
export const clusterRecord = z.object({
  project_id: z.string(),
  project: z.string(),
  cluster: z.string(),
  account: z.string(),
  topology: z.enum(topologies),
  instance_size: z.string(),
  state: z.enum(stateNames),
  severity: severity.optional().describe('Of the worst alert. Absent without an alert.'),
  reason: z.string().describe('Why it is in this state, in words.'),
  active_alerts: z
    .array(alertRecord)
    .describe('Shipped alerts whose condition is true now, with the shipped thresholds.'),
  newest_completed: snapshotRecord
    .extend({ age_seconds: z.number() })
    .optional()
    .describe(
      'Absent when no completed snapshot is known. Without its size after `poll.max_staleness` without a read.',
    ),
  due_at: time.optional().describe('When the next completed snapshot must exist.'),
  recoverable_until: time
    .optional()
    .describe('When the last restorable snapshot is deleted if no more is taken.'),
  recoverable_forever: z.boolean().describe('A completed snapshot is kept forever.'),
  snapshots: counts
    .optional()
    .describe(
      'Listed now. Absent before the first read and after `poll.max_staleness` without one.',
    ),
  read_state: z.enum(readStates).describe('How current the data about its snapshots is.'),
  last_read_at: time.optional().describe('When its snapshots were last read in full.'),
  failure: failureRecord.optional().describe('Why the last read failed. Absent when it worked.'),
});

export function clusterRecordOf(
  { row, judgement }: FleetLine,
  view: Pick<StatusView, 'context' | 'history'>,
): z.input<typeof clusterRecord> {
  const { context } = view;
  const { cluster, known, current } = row;
  const failed = failureOf(row.backups);
  const completed = known?.newestCompleted;
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
    active_alerts: activeAlerts(row, judgement, view).map(alertRecordOf),
    newest_completed: completed && {
      ...snapshotRecordOf({ ...completed, sizeBytes: current?.newestCompleted?.sizeBytes }),
      age_seconds: context.now - completed.takenAt,
    },
    due_at: timeText(row.due?.at),
    recoverable_until: timeText(known?.recoverableUntil),
    recoverable_forever: known?.recoverableUntil === Number.POSITIVE_INFINITY,
    snapshots: current?.counts,
    read_state: row.state,
    last_read_at: timeText(lastReadAt(row.backups)),
    failure: failed && failureRecordOf(failed),
  });
}
