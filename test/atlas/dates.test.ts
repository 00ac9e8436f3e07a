import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/atlas/dates.ts';
import { isoDate, objectIdTime } from '../../src/domain/time.ts';
import { dateCases } from './dates.cases.ts';

test.each(dateCases)('%j is read as %s', (text, at) => {
  expect(parseDate(text)).toBe(at);
});

describe('in another time zone', () => {
  const script = `
    const { dateCases } = await import(process.argv[1]);
    const { parseDate } = await import(process.argv[2]);
    process.stdout.write(JSON.stringify(dateCases.map(([text]) => parseDate(text) ?? null)));`;
  const modules = ['./dates.cases.ts', '../../src/atlas/dates.ts'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );

  test.each([
    'UTC',
    'America/New_York',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Europe/Berlin',
    'Antarctica/Troll',
  ])('every date reads the same: %s', (TZ) => {
    const printed = execFileSync(
      process.execPath,
      ['--no-warnings', '--input-type=module', '--eval', script, ...modules],
      { env: { ...process.env, TZ }, encoding: 'utf8' },
    );
    expect(printed).toBe(JSON.stringify(dateCases.map(([, at]) => at ?? null)));
  });
});

/** Reads a date by counting days one by one. */
function naive(
  [year, month, day, hour, minute, second]: readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ],
  offsetMinutes: number,
): number | undefined {
  const leap = (of: number) => (of % 4 === 0 && of % 100 !== 0) || of % 400 === 0;
  const lengths = (of: number) => [31, leap(of) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const length = lengths(year)[month - 1];
  if (length === undefined || day < 1 || day > length) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  let days = 0;
  for (let past = 1970; past < year; past += 1) days += leap(past) ? 366 : 365;
  for (const past of lengths(year).slice(0, month - 1)) days += past;
  const at = (days + day - 1) * 86_400 + hour * 3_600 + (minute - offsetMinutes) * 60 + second;
  return at < 1_262_304_000 ? undefined : at;
}

test('every date of our form is read as by counting days', () => {
  const two = (value: number) => String(value).padStart(2, '0');
  const fields = fc.tuple(
    fc.integer({ min: 1990, max: 2400 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 61 }),
    fc.integer({ min: 0, max: 62 }),
  );
  const offset = fc.tuple(
    fc.constantFrom('+', '-'),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
  );
  const fraction = fc.constantFrom('', '.0', '.999', '.123456789');
  fc.assert(
    fc.property(fields, fraction, fc.option(offset), (parts, fractional, zone) => {
      const [year, month, day, hour, minute, second] = parts;
      const suffix = zone === null ? 'Z' : `${zone[0]}${two(zone[1])}:${two(zone[2])}`;
      const offsetMinutes =
        zone === null ? 0 : (zone[0] === '-' ? -1 : 1) * (zone[1] * 60 + zone[2]);
      const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fractional}${suffix}`;
      expect(parseDate(text)).toBe(naive(parts, offsetMinutes));
    }),
    { numRuns: 1_000 },
  );
});

test('what is written as a date is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_262_304_000, max: 253_402_300_799 }), (at) => {
      expect(parseDate(isoDate(at))).toBe(at);
    }),
  );
});

test('no value is read as anything but a whole number of seconds', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const at = parseDate(value);
      expect(at === undefined || Number.isInteger(at)).toBe(true);
    }),
  );
});

test('the first four bytes of an id are a time', () => {
  expect(objectIdTime('6a7c4460e138230000000001')).toBe(0x6a7c4460);
});
