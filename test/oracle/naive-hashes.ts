import { itemsOf } from './naive-belief.ts';
import type { RawSchedule } from './raw-replies.ts';

/**
 * The numbers that stand for policies mean nothing by themselves: what can be asked of them is that
 * one policy always has the same, and that no two have one.
 */
export type Hashes = {
  /** What must be shown for this policy where that number is: itself, if it can be meant by it. */
  expected(schedule: RawSchedule, shown: number | undefined): number;
  learn(schedule: RawSchedule, shown: number): void;
};

/** No number that could be shown. */
const none = -1;

export function newHashes(): Hashes {
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  return {
    expected(schedule, shown) {
      const known = numbers.get(policyText(schedule));
      if (known !== undefined) return known;
      return shown === undefined || taken.has(shown) ? none : shown;
    },
    learn(schedule, shown) {
      numbers.set(policyText(schedule), shown);
      taken.add(shown);
    },
  };
}

/** What somebody can set: neither the ids of the items nor the next run. */
export function policyText(schedule: RawSchedule): string {
  const items = itemsOf(schedule).map((item) => [
    item.frequencyType,
    item.frequencyInterval,
    item.retentionUnit,
    item.retentionValue,
  ]);
  return JSON.stringify([
    items.map((item) => item.join(' ')).sort(),
    schedule.referenceHourOfDay,
    schedule.referenceMinuteOfHour,
    schedule.restoreWindowDays,
    schedule.autoExportEnabled,
  ]);
}
