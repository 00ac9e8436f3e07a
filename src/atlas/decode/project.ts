import { z } from 'zod';
import type { Project } from '../../domain/cluster.ts';
import { decoderOf } from './decoding.ts';
import { id } from './fields.ts';

const projectRecord = z.object({ id, name: z.string(), orgId: z.string().catch('') });

export const project = decoderOf(projectRecord, (record): Project => record);
