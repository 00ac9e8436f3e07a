import { z } from 'zod';
import type { CloudProvider } from '../../domain/snapshot.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, reject } from './decoding.ts';
import { anything, flag, id, text } from './fields.ts';
import { providerOf } from './provider.ts';

/** A serverless instance. Since January 2026 each is a flex cluster in fact, and read as such. */
type ServerlessInstance = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly cloudProvider: CloudProvider;
  readonly createdAt: UnixSeconds | undefined;
  readonly continuousBackup: boolean;
  /** What it runs as by now. */
  readonly effectiveSize: string;
  readonly nextSnapshotAt: UnixSeconds | undefined;
};

const serverlessRecord = z.object({
  id,
  groupId: id,
  name: z.string(),
  createDate: anything,
  providerSettings: z
    .object({
      backingProviderName: text,
      effectiveInstanceSizeName: text,
      nextBackupDate: anything,
    })
    .optional()
    .catch(undefined),
  serverlessBackupOptions: z
    .object({ serverlessContinuousBackupEnabled: flag })
    .optional()
    .catch(undefined),
});

export const serverlessInstance: Decoder<ServerlessInstance> = (item, findings) => {
  const record = serverlessRecord.safeParse(item);
  if (!record.success) return reject(findings, 'schema');
  const one = record.data;
  const settings = one.providerSettings;
  const holder = { cloudProvider: settings?.backingProviderName };
  return {
    id: one.id,
    projectId: one.groupId,
    name: one.name,
    cloudProvider: providerOf([holder], findings) ?? 'other',
    createdAt: parseDate(one.createDate),
    continuousBackup: one.serverlessBackupOptions?.serverlessContinuousBackupEnabled ?? false,
    effectiveSize: settings?.effectiveInstanceSizeName ?? '',
    nextSnapshotAt: parseDate(settings?.nextBackupDate),
  };
};
