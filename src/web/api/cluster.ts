import { z } from 'zod';
import type { KeptItem } from '../../collectors/schedule/policy.ts';
import { itemWords } from '../../collectors/schedule/policy-words.ts';
import { collectorNames } from '../../domain/collectors.ts';
import type { Due } from '../../domain/due.ts';
import { plainText } from '../../domain/phrase.ts';
import { frequencies } from '../../domain/snapshot.ts';
import { type Explanation, explain, rowNamed } from '../../status/explanation.ts';
import type { InputRead } from '../../status/input-reads.ts';
import type { StatusView } from '../../status/view.ts';
import { clusterMetrics } from '../cluster-metrics.ts';
import { clusterRecord, clusterRecordOf } from './cluster-record.ts';
import { endpoint } from './endpoint.ts';
import { failureRecord, failureRecordOf } from './failure-record.ts';
import { snapshotRecord, snapshotRecordOf } from './snapshot-record.ts';
import { envelope, envelopeOf, present, time, timeText } from './values.ts';

const objective = z.object({
  seconds: z.number(),
  source: z.enum(['override', 'tag', 'schedule', 'flex', 'legacy']),
});

const due = z.object({
  at: time,
  counted_from: z.enum(['snapshot', 'cluster_created', 'backup_on']),
  counted_from_at: time,
  grace_seconds: z.number(),
  decided_by: z
    .enum(['objective', 'resumed', 'tightened'])
    .describe('The objective, or what postpones it: a pause, or a stricter policy.'),
});

const step = z.object({ text: z.string(), reached_at: time.optional() });

const policyItem = z.object({
  id: z.string(),
  description: z.string(),
  frequency: z.enum(frequencies),
  interval: z.number(),
  retention_unit: z.enum(['days', 'weeks', 'months', 'years', 'other']),
  retention_value: z.number(),
  sets_interval: z.boolean().describe('It sets the longest gap, alone or with others.'),
  completed_snapshots: z.int().describe('Completed snapshots with its id.'),
  newest_completed_id: z.string().optional(),
  newest_taken_at: time.optional(),
});

const dataSource = z.object({
  source: z.enum(collectorNames),
  last_attempt: z
    .enum(['pending', 'fresh', 'stale', 'failed', 'not_read'])
    .describe('`fresh`: it worked. `stale`: it failed, older data is shown. `failed`: never read.'),
  last_read_at: time.optional().describe('The last successful read.'),
  failure: failureRecord.optional(),
  next_read_at: time.optional().describe('The first poll after that reads it again.'),
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
    'Everything about one cluster, by the id of its project and its name, as on its page. An unknown cluster is 404.',
  parameters: z.strictObject({}),
  schema: z.object({
    ...envelope,
    summary: clusterRecord,
    objective: objective
      .optional()
      .describe('Absent when there is none, and for an exempt cluster.'),
    exempt: z.boolean().describe('By the configuration it needs no backup.'),
    due: due.optional(),
    due_steps: z
      .array(step)
      .describe('How the due time is calculated, or why there is none, step by step.'),
    next_run: z.string().optional().describe('The next run of the schedule, in words.'),
    policy_items: z.array(policyItem),
    snapshots: z.array(snapshotRecord).describe('The last good listing, newest request first.'),
    data_sources: z.array(dataSource).describe('What was read from Atlas, and when.'),
    omitted: z.string().optional().describe('What is left out because it was read too long ago.'),
    series: z.array(series).describe('The series of the cluster on `/metrics`, by default.'),
  }),
  answer: (view, { params, query }) => {
    if (Object.keys(query ?? {}).length > 0) return 'bad request';
    const row = rowNamed(view, params['project'] ?? '', params['cluster'] ?? '');
    return row === undefined ? 'not found' : explanationOf(explain(row, view), view);
  },
});

function explanationOf({ row, judgement, ...explanation }: Explanation, view: StatusView) {
  return present({
    ...envelopeOf(view),
    summary: clusterRecordOf({ row, judgement }, view),
    objective: row.objective,
    exempt: row.exempt,
    due: row.due && dueOf(row.due),
    due_steps: explanation.due.map(({ says, reached }) =>
      present({ text: plainText(says), reached_at: timeText(reached) }),
    ),
    next_run: explanation.nextRun && plainText(explanation.nextRun),
    policy_items: explanation.items.map(policyItemOf),
    snapshots: explanation.snapshots.map(snapshotRecordOf),
    data_sources: explanation.reads.map(dataSourceOf),
    omitted: explanation.leftOut && plainText(explanation.leftOut),
    series: clusterMetrics(row, view).flatMap(({ name, series: all }) =>
      all.map(({ labels, value }) => ({ name, labels: { ...labels }, value })),
    ),
  });
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

function policyItemOf({ item, decides, count, newest }: KeptItem): z.input<typeof policyItem> {
  return present({
    id: item.id,
    description: itemWords(item),
    frequency: item.frequency,
    interval: item.interval,
    retention_unit: item.retentionUnit,
    retention_value: item.retentionValue,
    sets_interval: decides,
    completed_snapshots: count,
    newest_completed_id: newest?.id,
    newest_taken_at: timeText(newest?.takenAt),
  });
}

function dataSourceOf(read: InputRead): z.input<typeof dataSource> {
  return present({
    source: read.input,
    last_attempt: read.kind,
    last_read_at: timeText(read.readAt),
    failure: read.failed && failureRecordOf(read.failed),
    next_read_at: timeText(read.nextAt),
    note: read.note && plainText(read.note),
  });
}
