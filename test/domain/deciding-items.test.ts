import { expect, test } from 'vitest';
import { decidingItems } from '../../src/domain/deciding-items.ts';
import { item } from './schedules.ts';

const hourly = (hours: number) => item(`every ${hours} h`, 'hourly', hours);
const daily = item('daily', 'daily', 1);
const weekly = (weekday: number) => item(`weekday ${weekday}`, 'weekly', weekday);
const monthly = (day: number) => item(`day ${day}`, 'monthly', day);
const onDemand = item('on demand', 'on_demand', 0);

test.each([
  ['the more frequent of two', [daily, hourly(6)], ['every 6 h']],
  ['the one by which a day is the longest gap', [daily, weekly(1), monthly(40)], ['daily']],
  ['both that allow as much', [hourly(4), item('again', 'hourly', 4)], ['every 4 h', 'again']],
  ['two weekdays together', [weekly(1), weekly(4)], ['weekday 1', 'weekday 4']],
  ['a weekly one beside a monthly one', [monthly(1), weekly(2)], ['weekday 2']],
  ['none of those that wait to be asked', [onDemand, daily], ['daily']],
  ['nobody where none fires', [onDemand], []],
])('decides the longest gap: %s', (_case, items, ids) => {
  expect(decidingItems(items).map(({ id }) => id)).toEqual(ids);
});
