import { z } from 'zod';
import { parseDate } from '../dates.ts';
import { decoderOf } from './decoding.ts';
import { anything, id, orOther, text } from './fields.ts';
import { providerOf } from './shared-values.ts';

const exportRecord = z.object({
  id,
  state: z.string(),
  createdAt: anything,
  finishedAt: anything,
  snapshotId: text,
  exportBucketId: text,
});

const states = {
  Queued: 'queued',
  InProgress: 'in_progress',
  Successful: 'successful',
  Failed: 'failed',
  Cancelled: 'cancelled',
} as const;

export const exportJob = decoderOf(exportRecord, (one) => ({
  id: one.id,
  state: orOther(states, one.state) ?? 'other',
  createdAt: parseDate(one.createdAt),
  /** Absent until it has ended, well or not. */
  finishedAt: parseDate(one.finishedAt),
  snapshotId: one.snapshotId,
  exportBucketId: one.exportBucketId,
}));

// The one record whose id has an underscore.
const bucketRecord = z.object({ _id: id, bucketName: z.string(), cloudProvider: text });

export const exportBucket = decoderOf(bucketRecord, (one, findings) => ({
  id: one._id,
  name: one.bucketName,
  cloudProvider: providerOf([one], findings) ?? 'other',
}));
