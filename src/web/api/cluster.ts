import { z } from 'zod';
import type { Due } from '../../domain/due.ts';
import type { Objective } from '../../domain/objective.ts';
import { plainText } from '../../domain/phrase.ts';
import { frequencies } from '../../domain/snapshot.ts';
import { type Explanation, explain, rowNamed } from '../../status/explanation.ts';
import { itemWords } from '../../status/policy-words.ts';
import { clusterNumbers } from '../numbers.ts';
import { endpoint } from './endpoint.ts';
import { snapshotRecord, snapshotRecordOf } from './snapshot-record.ts';
import { clusterSummary, failure, severity, summaryOf } from './summary.ts';
import { envelope, envelopeOf, present, time, timeText } from './values.ts';

const raised = z.object({
  name: z.string(),
  severity,
  says: z.string(),
  since: time.optional().describe('Since when it holds by what was read. Absent: nothing tells.'),
  known_since: time
    .optional()
    .describe('The end of the poll that first met it. Absent: none has yet.'),
  from_the_start: z
    .boolean()
    .describe('The first poll of this process met it: it may have held for longer.'),
  for_seconds: z.number().describe('So long Prometheus waits before it fires.'),
  fires_at: time.optional().describe('When Prometheus fires it, at the earliest.'),
  runbook_url: z.string(),
});

const sources = [
  'override',
  'tag',
  'schedule',
  'flex',
  'legacy',
] as const satisfies readonly Objective['source'][];
const counted = [
  'snapshot',
  'cluster_created',
  'backup_on',
] as const satisfies readonly Due['from']['what'][];
const deciders = [
  'objective',
  'resumed',
  'tightened',
] as const satisfies readonly Due['decidedBy'][];

const due = z.object({
  at: time,
  counted_from: z.enum(counted),
  counted_from_at: time,
  grace_seconds: z.number(),
  decided_by: z
    .enum(deciders)
    .describe('The objective, or what puts it off: a pause, or a policy that asks for more.'),
});

const policyItem = z.object({
  id: z.string(),
  words: z.string(),
  frequency: z.enum(frequencies),
  interval: z.number(),
  retention_unit: z.enum(['days', 'weeks', 'months', 'years', 'other']),
  retention_value: z.number(),
  decides: z.boolean().describe('It decides the longest gap, alone or with others.'),
  completed_snapshots: z.int().describe('Completed snapshots that name it.'),
  newest_id: z.string().optional(),
  newest_taken_at: time.optional(),
});

const read = z.object({
  input: z.enum(['clusters', 'snapshots', 'schedule']),
  last_attempt: z
    .enum(['pending', 'fresh', 'stale', 'failed', 'not_read'])
    .describe(
      '`fresh`: it worked. `stale`: it failed, older facts are shown. `failed`: never read.',
    ),
  read_at: time.optional().describe('The last good read.'),
  failure: failure.optional(),
  next_at: time.optional().describe('The first poll from then on reads it again.'),
  note: z.string().optional().describe('Why it is not read.'),
});

const series = z.object({
  name: z.string(),
  labels: z.record(z.string(), z.string()).describe('Besides those of the cluster.'),
  value: z.number(),
});

export const clusterEndpoint = endpoint({
  path: '/api/v1/clusters/:project/:cluster',
  about:
    'All that explains one cluster, by the id of its project and its name: what its page shows. An unknown cluster is 404.',
  parameters: z.strictObject({}),
  schema: z.object({
    ...envelope,
    summary: clusterSummary,
    raised: z.array(raised).describe('Shipped alerts whose condition holds now, with their times.'),
    objective: z
      .object({ seconds: z.number(), source: z.enum(sources) })
      .optional()
      .describe('Absent when none can be told, and for an exempt cluster.'),
    exempt: z.boolean().describe('The configuration says that it needs no backup.'),
    due: due.optional(),
    due_steps: z
      .array(z.object({ says: z.string(), reached: time.optional() }))
      .describe('How the due time comes about, or why there is none, step by step.'),
    next_run: z.string().optional().describe('The run that the schedule announces, in words.'),
    policy_items: z.array(policyItem),
    snapshots: z
      .array(snapshotRecord)
      .describe('The last good listing, the one that was asked for last first.'),
    reads: z.array(read).describe('What was read of Atlas, and how that went.'),
    left_out: z.string().optional().describe('What is left out because it was read too long ago.'),
    series: z.array(series).describe('What `/metrics` has of the cluster by default.'),
  }),
  answer: (view, { params, query }) => {
    if (Object.keys(query ?? {}).length > 0) return 'bad request';
    const row = rowNamed(view, params['project'] ?? '', params['cluster'] ?? '');
    if (row === undefined) return 'not found';
    const explanation = explain(row, view);
    const { judgement, nextRun, leftOut } = explanation;
    return present({
      ...envelopeOf(view),
      summary: summaryOf({ row, judgement }, view.context, view.history),
      raised: raisedOf(explanation),
      objective: row.objective,
      exempt: row.exempt,
      due: row.due && dueOf(row.due),
      due_steps: explanation.due.map(({ says, reached }) =>
        present({ says: plainText(says), reached: timeText(reached) }),
      ),
      next_run: nextRun && plainText(nextRun),
      policy_items: itemsOf(explanation),
      snapshots: explanation.snapshots.map(snapshotRecordOf),
      reads: readsOf(explanation),
      left_out: leftOut && plainText(leftOut),
      series: clusterNumbers(row, view).flatMap(({ name, series: all }) =>
        all.map(({ labels, value }) => ({ name, labels: { ...labels }, value })),
      ),
    });
  },
});

function raisedOf({ activeAlerts: all }: Explanation): z.input<typeof raised>[] {
  return all.map((one) =>
    present({
      name: one.name,
      severity: one.severity,
      says: plainText(one.says),
      since: timeText(one.since),
      known_since: timeText(one.knownSince),
      from_the_start: one.fromTheStart,
      for_seconds: one.forSeconds,
      fires_at: timeText(one.firesAt),
      runbook_url: one.runbook,
    }),
  );
}

function dueOf({ at, from, graceSeconds, decidedBy }: Due): z.input<typeof due> {
  return {
    at: timeText(at) ?? '',
    counted_from: from.what,
    counted_from_at: timeText(from.at) ?? '',
    grace_seconds: graceSeconds,
    decided_by: decidedBy,
  };
}

function itemsOf({ items }: Explanation): z.input<typeof policyItem>[] {
  return items.map(({ item, decides, count, newest }) =>
    present({
      id: item.id,
      words: itemWords(item),
      frequency: item.frequency,
      interval: item.interval,
      retention_unit: item.retentionUnit,
      retention_value: item.retentionValue,
      decides,
      completed_snapshots: count,
      newest_id: newest?.id,
      newest_taken_at: timeText(newest?.takenAt),
    }),
  );
}

function readsOf({ reads }: Explanation): z.input<typeof read>[] {
  return reads.map(({ input, kind, readAt, failed, nextAt, note }) =>
    present({
      input,
      last_attempt: kind,
      read_at: timeText(readAt),
      failure: failed,
      next_at: timeText(nextAt),
      note: note && plainText(note),
    }),
  );
}
