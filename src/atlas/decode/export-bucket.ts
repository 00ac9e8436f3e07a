import { z } from 'zod';
import type { CloudProvider } from '../../domain/snapshot.ts';
import { type Decoder, reject } from './decoding.ts';
import { id, text } from './fields.ts';
import { providerOf } from './provider.ts';

type ExportBucket = {
  readonly id: string;
  readonly name: string;
  readonly cloudProvider: CloudProvider;
};

// The one record whose id has an underscore.
const bucketRecord = z.object({ _id: id, bucketName: z.string(), cloudProvider: text });

export const exportBucket: Decoder<ExportBucket> = (item, findings) => {
  const record = bucketRecord.safeParse(item);
  if (!record.success) return reject(findings, 'schema');
  const one = record.data;
  return {
    id: one._id,
    name: one.bucketName,
    cloudProvider: providerOf([one], findings) ?? 'other',
  };
};
