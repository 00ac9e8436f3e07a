import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedIntervalSeconds } from '../../src/domain/longest-gap.ts';
import type { PolicyItem } from '../../src/domain/schedule.ts';
import type { Frequency } from '../../src/domain/snapshot.ts';
import { gapByDay, gapByMinute } from './naive-firing.ts';
import { day, hour } from './snapshots.ts';

type Rule = readonly [Frequency, interval: number];

function itemsOf(rules: readonly Rule[]): readonly PolicyItem[] {
  return rules.map(([frequency, interval], index) => ({
    id: `item-${index}`,
    frequency,
    interval,
    retentionUnit: 'days',
    retentionValue: 7,
  }));
}

function each(frequency: Frequency, ...intervals: readonly number[]): Rule[] {
  return intervals.map((interval) => [frequency, interval]);
}

const hourly = (...intervals: number[]) => each('hourly', ...intervals);
const daily = each('daily', 1);
const weekly = (...weekdays: number[]) => each('weekly', ...weekdays);
const monthly = (...days: number[]) => each('monthly', ...days);
const yearly = (...months: number[]) => each('yearly', ...months);
const last = 40;
const everyDay = Array.from({ length: 28 }, (_, index) => index + 1);

describe('the longest gap, in hours, of', () => {
  test.each<[string, number, readonly Rule[]]>([
    ['every 6 hours and daily', 6, [...hourly(6), ...daily]],
    ['what a new cluster gets', 6, [...hourly(6), ...daily, ...weekly(6), ...monthly(last)]],
    ['all five', 6, [...hourly(6), ...daily, ...weekly(6), ...monthly(last), ...yearly(12)]],
    ['every hour', 1, hourly(1)],
    ['every 8 hours', 8, hourly(8)],
    ['every 5 hours, with 4 to the next day', 5, hourly(5)],
    ['every 13 hours, with 11 to the next day', 13, hourly(13)],
    ['every 12 and every 8 hours', 8, hourly(12, 8)],
    ['every 5 and every 7 hours', 5, hourly(7, 5)],
    ['every 24 hours', 24, hourly(24)],
    ['every 36 hours, which begin anew each day', 24, hourly(36)],
    ['every 36 and every 12 hours', 12, hourly(36, 12)],
    ['daily', 24, daily],
    ['daily and rarer', 24, [...yearly(1), ...monthly(1), ...weekly(1), ...daily]],
  ])('%s is %d', (_, hours, rules) => {
    expect(expectedIntervalSeconds(itemsOf(rules))).toBe(hours * hour);
  });
});

describe('the longest gap, in days, of', () => {
  test.each<[string, number, readonly Rule[]]>([
    ['Monday', 7, weekly(1)],
    ['Sunday', 7, weekly(7)],
    ['Monday twice', 7, weekly(1, 1)],
    ['Monday and Thursday', 4, weekly(1, 4)],
    ['Sunday and Monday', 6, weekly(7, 1)],
    ['Monday to Friday', 3, weekly(1, 2, 3, 4, 5)],
    ['all weekdays', 1, weekly(1, 2, 3, 4, 5, 6, 7)],
    ['Saturday and the last of the month', 7, [...weekly(6), ...monthly(last)]],
    ['Monday and the 1st', 7, [...weekly(1), ...monthly(1)]],
    ['the defaults without hourly and daily', 7, [...weekly(6), ...monthly(last), ...yearly(12)]],
    ['Monday and the 1st to the 28th', 4, [...weekly(1), ...monthly(...everyDay)]],
    ['the weekend and the 1st to the 28th', 4, [...weekly(6, 7), ...monthly(...everyDay)]],
    ['the working days and the last of the month', 3, [...weekly(1, 2, 3, 4, 5), ...monthly(last)]],
    ['the 1st', 31, monthly(1)],
    ['the 15th', 31, monthly(15)],
    ['the 28th', 31, monthly(28)],
    ['the last of the month', 31, monthly(last)],
    ['the 1st and the last', 30, monthly(1, last)],
    ['the 15th and the last', 16, monthly(15, last)],
    ['the 28th and the 1st', 27, monthly(28, 1)],
    ['the 28th and the last', 28, monthly(28, last)],
    ['the 1st to the 28th', 4, monthly(...everyDay)],
    ['the 1st to the 28th and the last', 3, monthly(...everyDay, last)],
    ['January', 366, yearly(1)],
    ['December', 366, yearly(12)],
    ['January and July', 184, yearly(1, 7)],
    ['March and April, over a leap day', 335, yearly(3, 4)],
    ['February and March, over none', 337, yearly(2, 3)],
    ['all months', 31, yearly(...everyDay.slice(0, 12))],
    ['January and the last of the month', 31, [...yearly(1), ...monthly(last)]],
    ['the 15th, and the 1st after the 31st', 30, [...monthly(15), ...yearly(1, 2, 4, 6, 8, 9, 11)]],
    [
      'the 15th, and the 1st but that of March',
      29,
      [...monthly(15), ...yearly(1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12)],
    ],
    ['July and what never fires', 366, [...yearly(7), ...monthly(30), ...weekly(8)]],
  ])('%s is %d', (_, days, rules) => {
    expect(expectedIntervalSeconds(itemsOf(rules))).toBe(days * day);
  });
});

test.each([1, 2, 3, 4, 5, 6, 7])('a gap that one year in 28 has is found: case %d', (weekday) => {
  // Five days from 28 February to 4 March, when the four between are none of these three weekdays.
  const rules = [
    ...monthly(...everyDay.slice(3)),
    ...yearly(1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    ...weekly(weekday, (weekday % 7) + 1, ((weekday + 1) % 7) + 1),
  ];
  expect(expectedIntervalSeconds(itemsOf(rules))).toBe(5 * day);
});

test.each<[string, readonly Rule[]]>([
  ['no item', []],
  ['snapshots on demand alone', each('on_demand', 0, 1)],
  ['frequencies it does not know', each('other', 1)],
  ['every 0 hours', hourly(0)],
  ['weekdays that are none', weekly(0, 8, 9)],
  ['days that some months lack', monthly(29, 30, 31)],
  ['days that are none', monthly(0, 32, 39, 41)],
  ['months that are none', yearly(0, 13)],
])('a schedule of %s has no longest gap', (_, rules) => {
  expect(expectedIntervalSeconds(itemsOf(rules))).toBeUndefined();
});

const reference = fc.record({ hour: fc.nat(23), minute: fc.nat(59) });
const hourlyRule = fc.integer({ min: 1, max: 30 }).map((hours): Rule => ['hourly', hours]);
const ruleOfDays = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }).map((n): Rule => ['weekly', n]) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 31 }).map((n): Rule => ['monthly', n]) },
  { weight: 1, arbitrary: fc.constant<Rule>(['monthly', last]) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 13 }).map((n): Rule => ['yearly', n]) },
  { weight: 1, arbitrary: fc.constantFrom<Rule>(['on_demand', 1], ['other', 1]) },
);
const anyRule = fc.oneof(
  { weight: 1, arbitrary: hourlyRule },
  { weight: 1, arbitrary: fc.constant<Rule>(['daily', 1]) },
  { weight: 10, arbitrary: ruleOfDays },
);

function few(rule: fc.Arbitrary<Rule>): fc.Arbitrary<readonly PolicyItem[]> {
  return fc.array(rule, { minLength: 1, maxLength: 5 }).map(itemsOf);
}

/** As many as leave hardly a day out. */
function many(rule: fc.Arbitrary<Rule>): fc.Arbitrary<readonly PolicyItem[]> {
  return fc.array(rule, { minLength: 6, maxLength: 40, size: 'max' }).map(itemsOf);
}

/** Whether five years need not show the gap: weekdays meet a date again only after up to 28. */
function needsWholeCycle(items: readonly PolicyItem[]): boolean {
  const has = (...some: Frequency[]) => items.some(({ frequency }) => some.includes(frequency));
  return has('weekly') && has('monthly', 'yearly') && !has('hourly', 'daily');
}

// No century year that is not a leap year lies between these.
const firstYear = 1901;
const endYear = 2100;

test('a walk through every minute of five years finds no longer gap, and mostly the same', () => {
  const years = fc.integer({ min: firstYear, max: endYear - 5 });
  fc.assert(
    fc.property(few(anyRule), reference, years, (items, at, year) => {
      const seen = gapByMinute(items, at, year, year + 5);
      const expected = expectedIntervalSeconds(items);
      if (needsWholeCycle(items)) expect(seen ?? 0).toBeLessThanOrEqual(expected ?? 0);
      else expect(seen).toBe(expected);
    }),
    // To shrink a failure would take minutes.
    { numRuns: 12, endOnFailure: true },
  );
}, 120_000);

test('a walk through every minute of a whole cycle finds the same gap', () => {
  const years = fc.integer({ min: firstYear, max: endYear - 29 });
  const mixed = few(ruleOfDays).filter(needsWholeCycle);
  fc.assert(
    fc.property(mixed, reference, years, (items, at, year) => {
      // One year more, in which the last firing of the cycle meets the first of the next.
      expect(gapByMinute(items, at, year, year + 29)).toBe(expectedIntervalSeconds(items));
    }),
    { numRuns: 1, endOnFailure: true },
  );
}, 120_000);

test('a walk through every day of a whole cycle, begun on any day, finds the same gap', () => {
  const schedules = fc.oneof(few(ruleOfDays), many(ruleOfDays));
  const starts = fc.date({
    min: new Date(Date.UTC(firstYear, 0)),
    max: new Date(Date.UTC(endYear - 30, 0)),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(schedules, reference, starts, (items, at, start) => {
      const from = start.setUTCHours(0, 0, 0, 0);
      const to = new Date(from).setUTCFullYear(start.getUTCFullYear() + 30);
      expect(gapByDay(items, at, from, to)).toBe(expectedIntervalSeconds(items));
    }),
    { numRuns: 300 },
  );
}, 120_000);
