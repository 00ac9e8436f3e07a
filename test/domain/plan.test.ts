import { expect, test } from 'vitest';
import { planOf } from '../../src/domain/plan.ts';
import { type PolicyItem, retentionSeconds, type Schedule } from '../../src/domain/schedule.ts';
import { everyHours, item } from './schedules.ts';
import { day, noon } from './snapshots.ts';

const items = [item('a', 'hourly', 6), item('b', 'daily', 1)];
const schedule = everyHours(6, { policyItems: items });
const hashOf = (more: Partial<Schedule>) => planOf({ ...schedule, ...more }).hash;

test.each<[string, Partial<Schedule>]>([
  ['an interval', { policyItems: [item('a', 'hourly', 8), item('b', 'daily', 1)] }],
  [
    'a retention',
    { policyItems: [item('a', 'hourly', 6, { retentionValue: 8 }), ...items.slice(1)] },
  ],
  [
    'a unit',
    { policyItems: [item('a', 'hourly', 6, { retentionUnit: 'weeks' }), ...items.slice(1)] },
  ],
  ['the number of items', { policyItems: items.slice(1) }],
  ['the reference hour', { referenceHour: 14 }],
  ['the reference minute', { referenceMinute: 1 }],
  ['the window of continuous backup', { restoreWindowDays: 3 }],
  ['automatic export', { autoExport: true }],
])('another policy has another hash: %s', (_, more) => {
  expect(hashOf(more)).not.toBe(hashOf({}));
});

test.each<[string, Partial<Schedule>]>([
  ['the next run', { nextSnapshotAt: noon + 7 * day }],
  ['the order of the items', { policyItems: items.toReversed() }],
  ['the ids of the items', { policyItems: items.map((one) => ({ ...one, id: `${one.id}2` })) }],
])('the same policy has the same hash, whatever %s', (_, more) => {
  expect(hashOf(more)).toBe(hashOf({}));
});

test('a hash is a whole number that a sample holds', () => {
  expect(Number.isSafeInteger(hashOf({}))).toBe(true);
});

test('a plan knows the longest gap of its schedule', () => {
  expect(planOf(schedule).expectedIntervalSeconds).toBe(6 * 3600);
  expect(planOf({ ...schedule, policyItems: [] }).expectedIntervalSeconds).toBeUndefined();
});

test.each<[PolicyItem['retentionUnit'], number | undefined]>([
  ['days', 3 * day],
  ['weeks', 21 * day],
  ['months', 90 * day],
  ['years', 1095 * day],
  ['other', undefined],
])('three %s are kept that long', (retentionUnit, expected) => {
  expect(retentionSeconds(item('a', 'daily', 1, { retentionUnit, retentionValue: 3 }))).toBe(
    expected,
  );
});
