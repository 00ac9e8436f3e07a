import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDate, type UnixSeconds } from '../../../src/domain/time.ts';
import { keptFirings, nextFiring } from '../../../src/simulator/world/firing.ts';
import {
  defaultRules,
  type Policy,
  policyOf,
  type Rule,
} from '../../../src/simulator/world/policy.ts';
import { start } from '../client.ts';

const day = 86_400;

function policy(rules: readonly Rule[], hour = 3, minute = 16): Policy {
  return policyOf(rules, { hour, minute }, start, 1);
}

function shown(it: Policy, from: UnixSeconds, now: UnixSeconds): string[] {
  return keptFirings(it, from, now).map(
    ({ at, items }) =>
      `${isoDate(at)} ${items.map(({ frequencyType }) => frequencyType).join('+')}`,
  );
}

describe('a schedule', () => {
  test('fires every six hours from its reference time, and for all items that are due at once', () => {
    const friday = Date.UTC(2026, 6, 31) / 1000;
    expect(shown(policy(defaultRules), friday, friday + 2 * day)).toEqual([
      '2026-07-31T03:16:00Z hourly+daily+monthly',
      '2026-07-31T09:16:00Z hourly',
      '2026-07-31T15:16:00Z hourly',
      '2026-07-31T21:16:00Z hourly',
      '2026-08-01T03:16:00Z hourly+daily+weekly',
      '2026-08-01T09:16:00Z hourly',
      '2026-08-01T15:16:00Z hourly',
      '2026-08-01T21:16:00Z hourly',
    ]);
  });

  test('that a new cluster gets fires for its yearly item on the first of December', () => {
    const eve = Date.UTC(2026, 10, 30) / 1000;
    expect(shown(policy(defaultRules), eve, eve + 2 * day)).toContain(
      '2026-12-01T03:16:00Z hourly+daily+yearly',
    );
  });

  test('with a yearly item fires on the first day of its month', () => {
    const now = Date.UTC(2027, 0, 5) / 1000;
    expect(shown(policy([['yearly', 12, 1, 'years']]), now - 900 * day, now)).toEqual([
      '2026-12-01T03:16:00Z yearly',
    ]);
  });

  test('with a monthly item fires on that day of the month', () => {
    const now = Date.UTC(2026, 2, 20) / 1000;
    expect(shown(policy([['monthly', 14, 2, 'months']]), now - 90 * day, now)).toEqual([
      '2026-02-14T03:16:00Z monthly',
      '2026-03-14T03:16:00Z monthly',
    ]);
  });

  test('announces the next firing as the recorded schedule does', () => {
    const asked = Date.UTC(2026, 7, 10, 3, 16, 54) / 1000;
    expect(isoDate(nextFiring(policy(defaultRules), asked) ?? 0)).toBe('2026-08-10T09:16:00Z');
  });

  test('without items never fires', () => {
    expect(nextFiring(policy([]), start)).toBeUndefined();
    expect(keptFirings(policy([]), 0, start)).toEqual([]);
  });

  const anyRule: fc.Arbitrary<Rule> = fc.oneof(
    fc.constantFrom<Rule>(
      ['hourly', 1, 2, 'days'],
      ['hourly', 4, 3, 'days'],
      ['hourly', 12, 9, 'days'],
    ),
    fc.constantFrom<Rule>(['daily', 1, 5, 'days'], ['daily', 1, 30, 'days']),
    fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 6 }))
      .map(([weekday, weeks]): Rule => ['weekly', weekday, weeks, 'weeks']),
    fc.constantFrom<Rule>(['monthly', 40, 3, 'months'], ['monthly', 1, 2, 'months']),
    fc.integer({ min: 1, max: 12 }).map((month): Rule => ['yearly', month, 1, 'years']),
  );
  const anyPolicy = fc
    .tuple(
      fc.uniqueArray(anyRule, { selector: ([type]) => type, maxLength: 5 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
    )
    .map(([rules, hour, minute]) => policy(rules, hour, minute));
  const anyTime = fc.integer({ min: start, max: start + 800 * day });

  test('fires next where a look at every later minute finds it', () => {
    fc.assert(
      fc.property(anyPolicy, anyTime, (it, now) => {
        const next = nextFiring(it, now);
        const seen = next === undefined ? [] : keptFirings(it, now + 1, next);
        expect(seen.map(({ at }) => at)).toEqual(next === undefined ? [] : [next]);
      }),
    );
  });

  test('lists exactly the firings that a look at every minute finds', () => {
    fc.assert(
      fc.property(anyPolicy, anyTime, (it, now) => {
        // Two days, which no retention is shorter than.
        const from = now - 2 * day;
        const found = keptFirings(it, from, now).map(({ at, items }) => [
          at,
          items.map(({ id }) => id),
        ]);
        expect(found).toEqual(minuteByMinute(it, from, now));
      }),
      { numRuns: 40 },
    );
  });
});

/** The definition, taken at its word. */
function minuteByMinute(it: Policy, from: UnixSeconds, now: UnixSeconds) {
  const found: [UnixSeconds, string[]][] = [];
  for (let at = Math.ceil(from / 60) * 60; at <= now; at += 60) {
    const date = new Date(at * 1000);
    if (date.getUTCMinutes() !== it.referenceMinute) continue;
    const hours = date.getUTCHours() - it.referenceHour;
    const due = it.items.filter(({ frequencyType, frequencyInterval }) => {
      if (frequencyType === 'hourly') return hours % frequencyInterval === 0;
      if (hours !== 0) return false;
      if (frequencyType === 'weekly') return (date.getUTCDay() || 7) === frequencyInterval;
      if (frequencyType === 'yearly') {
        return date.getUTCMonth() + 1 === frequencyInterval && date.getUTCDate() === 1;
      }
      if (frequencyType !== 'monthly') return true;
      const isLast = new Date(date.getTime() + day * 1000).getUTCMonth() !== date.getUTCMonth();
      return frequencyInterval === 40 ? isLast : date.getUTCDate() === frequencyInterval;
    });
    if (due.length > 0) found.push([at, due.map(({ id }) => id)]);
  }
  return found;
}
