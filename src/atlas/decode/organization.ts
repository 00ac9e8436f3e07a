import { z } from 'zod';
import { type Decoder, reject } from './decoding.ts';
import { flag, id } from './fields.ts';

type Organization = { readonly id: string; readonly name: string; readonly deleted: boolean };

const organizationRecord = z.object({ id, name: z.string(), isDeleted: flag });

export const organization: Decoder<Organization> = (item, findings) => {
  const record = organizationRecord.safeParse(item);
  if (!record.success) return reject(findings, 'schema');
  const { isDeleted = false, ...one } = record.data;
  return { id: one.id, name: one.name, deleted: isDeleted };
};
