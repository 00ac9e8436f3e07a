import { z } from 'zod';
import type { CloudProvider } from '../../domain/snapshot.ts';
import { type Decoder, decoderOf } from './decoding.ts';
import { id, text } from './fields.ts';
import { providerOf } from './provider.ts';

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
