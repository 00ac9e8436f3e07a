import { z } from 'zod';
import type { PolicyItem } from '../../domain/schedule.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, reject } from './decoding.ts';
import { anything, flag, id, orOther, wholeNumber } from './fields.ts';
import { policyItemFrom } from './schedule.ts';

/** What a project's backups must keep to. Who agreed to it is personal, and not kept. */
type CompliancePolicy = {
  readonly projectId: string;
  readonly state: 'active' | 'enabling' | 'updating' | 'disabling' | 'other';
  readonly copyProtection: boolean;
  readonly encryptionAtRest: boolean;
  readonly pit: boolean;
  /** 0: none. */
  readonly restoreWindowDays: number;
  readonly policyItems: readonly PolicyItem[];
  readonly updatedAt: UnixSeconds | undefined;
};

const policyRecord = z.object({
  projectId: id,
  state: z.string(),
  copyProtectionEnabled: flag,
  encryptionAtRestEnabled: flag,
  pitEnabled: flag,
  restoreWindowDays: wholeNumber,
  scheduledPolicyItems: z.array(z.unknown()).catch([]),
  onDemandPolicyItem: anything,
  updatedDate: anything,
});

const states = {
  ACTIVE: 'active',
  ENABLING: 'enabling',
  UPDATING: 'updating',
  DISABLING: 'disabling',
} as const;

export const compliancePolicy: Decoder<CompliancePolicy> = (item, findings) => {
  const record = policyRecord.safeParse(item);
  if (!record.success) return reject(findings, 'schema');
  const one = record.data;
  const items = [...one.scheduledPolicyItems, one.onDemandPolicyItem ?? []].flat();
  return {
    projectId: one.projectId,
    state: orOther(states, one.state) ?? 'other',
    copyProtection: one.copyProtectionEnabled ?? false,
    encryptionAtRest: one.encryptionAtRestEnabled ?? false,
    pit: one.pitEnabled ?? false,
    restoreWindowDays: one.restoreWindowDays ?? 0,
    policyItems: items.flatMap((policyItem) => policyItemFrom(policyItem, findings) ?? []),
    updatedAt: parseDate(one.updatedDate),
  };
};
