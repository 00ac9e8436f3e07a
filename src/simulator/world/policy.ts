import { day, hour } from './durations.ts';
import { objectId } from './random.ts';

export type FrequencyType = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';
type RetentionUnit = 'days' | 'weeks' | 'months' | 'years';

export type PolicyItem = {
  readonly id: string;
  readonly frequencyType: FrequencyType;
  /** Hours, 1, weekday with Monday as 1, day of the month with 40 as the last, or month. */
  readonly frequencyInterval: number;
  readonly retentionUnit: RetentionUnit;
  readonly retentionValue: number;
  readonly retentionSeconds: number;
};

export type Policy = {
  readonly id: string;
  readonly referenceHour: number;
  readonly referenceMinute: number;
  /** From the most frequent to the rarest. */
  readonly items: readonly PolicyItem[];
};

// Atlas does not say how long its months and years are.
const unitSeconds: Readonly<Record<RetentionUnit, number>> = {
  days: day,
  weeks: 7 * day,
  months: 31 * day,
  years: 366 * day,
};

/** What is asked of a policy: how often, and how long it is kept. */
export type Rule = readonly [FrequencyType, interval: number, kept: number, unit: RetentionUnit];

/** What Atlas gives a new cluster. */
export const defaultRules: readonly Rule[] = [
  ['hourly', 6, 7, 'days'],
  ['daily', 1, 7, 'days'],
  ['weekly', 6, 4, 'weeks'],
  ['monthly', 40, 12, 'months'],
  ['yearly', 12, 1, 'years'],
];

export type Reference = { readonly hour: number; readonly minute: number };

export function policyOf(
  rules: readonly Rule[],
  reference: Reference,
  at: number,
  seed: number,
): Policy {
  return {
    id: objectId(at, seed),
    referenceHour: reference.hour,
    referenceMinute: reference.minute,
    items: rules.map(
      ([frequencyType, frequencyInterval, retentionValue, retentionUnit], index) => ({
        id: objectId(at, seed + index + 1),
        frequencyType,
        frequencyInterval,
        retentionUnit,
        retentionValue,
        retentionSeconds: retentionValue * unitSeconds[retentionUnit],
      }),
    ),
  };
}

/**
 * A policy that keeps `count` snapshots, one every `hours`. Atlas keeps whole days only; the
 * announced retention is rounded up, so that any count can be had.
 */
export function policyKeeping(count: number, hours: number, policy: Policy): Policy {
  const retentionSeconds = count * hours * hour;
  const retentionValue = Math.max(1, Math.ceil(retentionSeconds / day));
  const kept = { retentionUnit: 'days', retentionValue, retentionSeconds } as const;
  const { id } = policy;
  return {
    ...policy,
    items: [
      { ...kept, id: `${id.slice(0, 23)}1`, frequencyType: 'hourly', frequencyInterval: hours },
      { ...kept, id: `${id.slice(0, 23)}2`, frequencyType: 'daily', frequencyInterval: 1 },
    ],
  };
}
