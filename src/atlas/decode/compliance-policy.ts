import { z } from 'zod';
import { parseDate } from '../dates.ts';
import { decoderOf } from './decoding.ts';
import { anything, flag, id, listOf, orOther, wholeNumber } from './fields.ts';
import { policyItem } from './schedule.ts';

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

/** What a project's backups must keep to. Who agreed to it is personal, and not kept. */
export const compliancePolicy = decoderOf(policyRecord, (one, findings) => {
  const items = [...one.scheduledPolicyItems, one.onDemandPolicyItem ?? []].flat();
  return {
    projectId: one.projectId,
    state: orOther(states, one.state) ?? 'other',
    copyProtection: one.copyProtectionEnabled ?? false,
    encryptionAtRest: one.encryptionAtRestEnabled ?? false,
    pit: one.pitEnabled ?? false,
    /** 0: none. */
    restoreWindowDays: one.restoreWindowDays ?? 0,
    policyItems: items.flatMap((item) => policyItem(item, findings) ?? []),
    updatedAt: parseDate(one.updatedDate),
  };
});
