import { z } from 'zod';
import type { PolicyItem } from '../../domain/schedule.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, decoderOf } from './decoding.ts';
import { anything, flag, id, listOf, orOther, wholeNumber } from './fields.ts';
import { policyItem } from './schedule.ts';

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
  scheduledPolicyItems: listOf(z.unknown()),
  onDemandPolicyItem: anything,
  updatedDate: anything,
});

const states = {
  ACTIVE: 'active',
  ENABLING: 'enabling',
  UPDATING: 'updating',
  DISABLING: 'disabling',
} as const;

export const compliancePolicy: Decoder<CompliancePolicy> = decoderOf(
  policyRecord,
  (one, findings) => {
    const items = [...one.scheduledPolicyItems, one.onDemandPolicyItem ?? []].flat();
    return {
      projectId: one.projectId,
      state: orOther(states, one.state) ?? 'other',
      copyProtection: one.copyProtectionEnabled ?? false,
      encryptionAtRest: one.encryptionAtRestEnabled ?? false,
      pit: one.pitEnabled ?? false,
      restoreWindowDays: one.restoreWindowDays ?? 0,
      policyItems: items.flatMap((item) => policyItem(item, findings) ?? []),
      updatedAt: parseDate(one.updatedDate),
    };
  },
);
