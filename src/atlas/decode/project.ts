import { z } from 'zod';
import type { Project } from '../../domain/cluster.ts';
import { type Decoder, reject } from './decoding.ts';
import { id } from './fields.ts';

const projectRecord = z.object({ id, name: z.string(), orgId: z.string().catch('') });

export const project: Decoder<Project> = (item, findings) => {
  const record = projectRecord.safeParse(item);
  if (!record.success) return reject(findings, 'schema');
  return { id: record.data.id, name: record.data.name, orgId: record.data.orgId };
};
