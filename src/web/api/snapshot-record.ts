import { z } from 'zod';
import {
  cloudProviders,
  frequencies,
  isCompleted,
  type Snapshot,
  snapshotSources,
  snapshotStatuses,
  snapshotTypes,
} from '../../domain/snapshot.ts';
import { present, time, timeText } from './values.ts';

/** A snapshot, on the command line as well as through HTTP. */
export const snapshotRecord = z.object({
  id: z.string(),
  source: z.enum(snapshotSources),
  status: z.enum([...snapshotStatuses, 'other']),
  type: z.enum(snapshotTypes).optional(),
  frequency: z.enum(frequencies).optional(),
  requested_at: time,
  taken_at: time.optional().describe('The time of the data in it. Only of a completed one.'),
  finished_at: time
    .optional()
    .describe('Only of flex snapshots, and of legacy ones through API v2.'),
  expires_at: time.optional().describe('Absent when it is kept forever, or no end is announced.'),
  kept_forever: z.boolean(),
  size_bytes: z.number().optional().describe('Storage size. Absent for flex.'),
  cloud_provider: z.enum(cloudProviders).optional(),
  mongodb_version: z.string().optional(),
  encrypted: z.boolean().optional().describe('With a customer-managed key.'),
  policy_item_ids: z.array(z.string()).describe('Of the backup policy.'),
});

export function snapshotRecordOf(one: Snapshot): z.input<typeof snapshotRecord> {
  const completed = isCompleted(one) ? one : undefined;
  return present({
    id: one.id,
    source: one.source,
    status: one.status,
    type: one.type,
    frequency: one.frequency,
    requested_at: timeText(one.requestedAt) ?? '',
    taken_at: timeText(completed?.takenAt),
    finished_at: timeText(completed?.finishedAt),
    expires_at: timeText(one.expiresAt),
    kept_forever: one.expiresAt === Number.POSITIVE_INFINITY,
    size_bytes: completed?.sizeBytes,
    cloud_provider: one.cloudProvider,
    mongodb_version: one.mongodbVersion,
    encrypted: one.encrypted,
    policy_item_ids: [...one.policyItemIds],
  });
}
