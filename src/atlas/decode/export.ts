import { z } from 'zod';
import type { CloudProvider } from '../../domain/snapshot.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, decoderOf } from './decoding.ts';
import { anything, id, orOther, text } from './fields.ts';
import { providerOf } from './shared-values.ts';

type ExportJob = {
  readonly id: string;
  readonly state: 'queued' | 'in_progress' | 'successful' | 'failed' | 'cancelled' | 'other';
  readonly createdAt: UnixSeconds | undefined;
  /** Absent until it has ended, well or not. */
  readonly finishedAt: UnixSeconds | undefined;
  readonly snapshotId: string | undefined;
  readonly exportBucketId: string | undefined;
};

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

export const exportJob: Decoder<ExportJob> = decoderOf(exportRecord, (one) => ({
  id: one.id,
  state: orOther(states, one.state) ?? 'other',
  createdAt: parseDate(one.createdAt),
  finishedAt: parseDate(one.finishedAt),
  snapshotId: one.snapshotId,
  exportBucketId: one.exportBucketId,
}));

type ExportBucket = {
  readonly id: string;
  readonly name: string;
  readonly cloudProvider: CloudProvider;
};

// The one record whose id has an underscore.
const bucketRecord = z.object({ _id: id, bucketName: z.string(), cloudProvider: text });

export const exportBucket: Decoder<ExportBucket> = decoderOf(bucketRecord, (one, findings) => ({
  id: one._id,
  name: one.bucketName,
  cloudProvider: providerOf([one], findings) ?? 'other',
}));
