import { z } from 'zod';
import type { PolicyItem, Schedule } from '../../domain/schedule.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, decoderOf, known, named } from './decoding.ts';
import { anything, flag, id, listOf, wholeNumber } from './fields.ts';
import { frequencies } from './shared-values.ts';

const scheduleRecord = z.object({
  nextSnapshot: anything,
  referenceHourOfDay: wholeNumber,
  referenceMinuteOfHour: wholeNumber,
  restoreWindowDays: wholeNumber,
  autoExportEnabled: flag,
  policies: z.array(z.object({ policyItems: listOf(z.unknown()) })),
});

const itemRecord = z.object({
  id,
  frequencyType: z.string(),
  frequencyInterval: z.int().min(1),
  retentionUnit: z.string(),
  retentionValue: z.int().min(0),
});

const units = named<PolicyItem['retentionUnit']>('days', 'weeks', 'months', 'years');

/** The reply of `backup/schedule`; the items of all its policies together. */
export const schedule: Decoder<Schedule> = decoderOf(scheduleRecord, (one, findings) => ({
  nextSnapshotAt: parseDate(one.nextSnapshot),
  referenceHour: one.referenceHourOfDay,
  referenceMinute: one.referenceMinuteOfHour,
  policyItems: one.policies
    .flatMap(({ policyItems }) => policyItems)
    .flatMap((item) => policyItem(item, findings) ?? []),
  restoreWindowDays: one.restoreWindowDays,
  autoExport: one.autoExportEnabled ?? false,
}));

export const policyItem: Decoder<PolicyItem> = decoderOf(itemRecord, (one, findings) => ({
  id: one.id,
  frequency: known(frequencies, one.frequencyType, 'frequencyType', findings) ?? 'other',
  interval: one.frequencyInterval,
  retentionUnit: known(units, one.retentionUnit, 'retentionUnit', findings) ?? 'other',
  retentionValue: one.retentionValue,
}));
