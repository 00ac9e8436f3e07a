import { expect, test } from 'vitest';
import { itemsNamed, itemWords } from '../../../src/collectors/schedule/policy-words.ts';
import { item } from '../../domain/schedules.ts';

test.each([
  [item('', 'hourly', 1), 'every hour, kept 7 days'],
  [item('', 'hourly', 6, { retentionValue: 1 }), 'every 6 hours, kept 1 day'],
  [item('', 'daily', 1, { retentionUnit: 'weeks' }), 'every day, kept 7 weeks'],
  [item('', 'weekly', 7), 'every Sunday, kept 7 days'],
  [item('', 'weekly', 9), 'every weekday 9, kept 7 days'],
  [item('', 'monthly', 12), 'on day 12 of every month, kept 7 days'],
  [item('', 'monthly', 40), 'on the last day of every month, kept 7 days'],
  [item('', 'yearly', 12), 'every year in December, kept 7 days'],
  [item('', 'on_demand', 1), 'on demand, kept 7 days'],
  [
    item('', 'other', 1, { retentionUnit: 'other' }),
    'at an unknown frequency, kept for an unknown time',
  ],
])('an item is said as people say it: %#', (one, words) => {
  expect(itemWords(one)).toBe(words);
});

test('one item and several are named with their ids', () => {
  const [a, b, c] = [item('a', 'daily', 1), item('b', 'weekly', 1), item('c', 'weekly', 2)];
  expect(itemsNamed([a])).toBe('the policy item “every day, kept 7 days” (id a)');
  expect(itemsNamed([a, b, c])).toBe(
    'the policy items “every day, kept 7 days” (id a), “every Monday, kept 7 days” (id b) and “every Tuesday, kept 7 days” (id c)',
  );
});
