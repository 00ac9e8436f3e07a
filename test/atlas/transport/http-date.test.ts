import { expect, test } from 'vitest';
import { httpDate } from '../../../src/atlas/transport/observer.ts';

const at = Date.UTC(2026, 7, 12, 10) / 1000;

test.each<[string, string | undefined, number | undefined]>([
  ['the form that servers must write', 'Wed, 12 Aug 2026 10:00:00 GMT', at],
  ['a wrong day of the week', 'Thu, 12 Aug 2026 10:00:00 GMT', at],
  [
    'a day of one digit, as Atlas writes it',
    'Sun, 1 Mar 2026 00:00:00 GMT',
    Date.UTC(2026, 2) / 1000,
  ],
  ['nothing', undefined, undefined],
  ['no text', '', undefined],
  // Taken for local time otherwise: hours off, and otherwise on every machine.
  ['no zone', 'Wed, 12 Aug 2026 10:00:00', undefined],
  ['the form of asctime', 'Wed Aug 12 10:00:00 2026', undefined],
  ['the form of RFC 850', 'Wednesday, 12-Aug-26 10:00:00 GMT', undefined],
  ['a date of Atlas', '2026-08-12T10:00:00Z', undefined],
  ['a date without a time', 'Wed, 12 Aug 2026', undefined],
  ['a day that is not on the calendar', 'Mon, 30 Feb 2027 10:00:00 GMT', undefined],
  ['more behind it', 'Wed, 12 Aug 2026 10:00:00 GMT (UTC)', undefined],
])('a header with %s', (_, text, expected) => {
  expect(httpDate(text)).toBe(expected);
});
