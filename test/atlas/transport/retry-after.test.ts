import { describe, expect, test } from 'vitest';
import type { AtlasResponse } from '../../../src/atlas/transport/message.ts';
import { retryAfterMs } from '../../../src/atlas/transport/retry.ts';

const answer = (status: number, headers: AtlasResponse['headers'] = {}): AtlasResponse => ({
  status,
  headers,
  body: '',
});
const date = 'Wed, 12 Aug 2026 10:00:00 GMT';

describe('Retry-After', () => {
  test.each([
    ['seconds', '7', 7_000],
    ['seconds with spaces', ' 7 ', 7_000],
    ['a date ahead of the reply', 'Wed, 12 Aug 2026 10:00:30 GMT', 30_000],
    ['a date behind the reply', 'Wed, 12 Aug 2026 09:00:00 GMT', 1_000],
    ['the date of the reply', date, 1_000],
    ['a date in years', 'Wed, 12 Aug 2099 10:00:00 GMT', 3_600_000],
    ['nought', '0', 1_000],
    ['more than an hour', '1000000000000', 3_600_000],
    ['a number too long to be one', '9'.repeat(400), 10_000],
    ['less than nothing', '-1', 10_000],
    ['a fraction', '1.5', 10_000],
    ['an exponent', '1e3', 10_000],
    ['a word', 'soon', 10_000],
    ['nothing', '', 10_000],
    ['a date that is none', 'Wed, 99 Aug 2026', 10_000],
    ['a date in another form', '2026-08-12T10:00:30Z', 10_000],
    ['a date without a zone', 'Wed, 12 Aug 2026 10:00:30', 10_000],
    ['a date in another zone', 'Wed, 12 Aug 2026 12:00:30 +0200', 10_000],
    ['a date that is not on the calendar', 'Mon, 30 Feb 2027 10:00:30 GMT', 10_000],
  ])('of %s is %#', (_, retryAfter, ms) => {
    expect(retryAfterMs(answer(429, { 'retry-after': retryAfter, date }), 1)).toBe(ms);
  });

  test('as a date counts from the reply, whatever time it is here', () => {
    const headers = {
      'retry-after': 'Sat, 01 Jan 2011 00:00:20 GMT',
      date: 'Sat, 01 Jan 2011 00:00:00 GMT',
    };
    expect(retryAfterMs(answer(429, headers), 1)).toBe(20_000);
  });

  test('as a date in a reply without a date cannot be told', () => {
    expect(retryAfterMs(answer(429, { 'retry-after': date }), 1)).toBe(10_000);
  });

  test('that is missing means 10, 20, 40 seconds', () => {
    expect([1, 2, 3].map((attempt) => retryAfterMs(answer(429), attempt))).toEqual([
      10_000, 20_000, 40_000,
    ]);
  });
});
