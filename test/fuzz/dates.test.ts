import fc from 'fast-check';
import { expect } from 'vitest';
import { child } from './child.ts';
import { fuzz } from './fuzzing.ts';
import { hostileText } from './likeness.ts';

/** Behind and ahead of UTC, by quarters of an hour, with summer time, and a day that was left out. */
const zones = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Antarctica/Troll'];

/** The same functions in one process a zone. */
function inZones(answer: string, module: string) {
  const children = zones.map((TZ) => child({ answer, modules: [module], env: { TZ } }));
  return (question: unknown) => Promise.all(children.map((one) => one.ask(question, 10_000)));
}

const two = (value: number) => String(value).padStart(2, '0');
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Reads a date by counting days one by one; null when it is none, or older than any backup. */
function byCounting(fields: readonly number[], offsetMinutes: number): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const lengthOf = (of: number) => (of === 2 && isLeap(year) ? 29 : (lengths[of - 1] ?? 0));
  if (day < 1 || day > lengthOf(month) || hour > 23 || minute > 59 || second > 60) return null;
  let days = day - 1;
  for (let past = 1970; past < year; past += 1) days += isLeap(past) ? 366 : 365;
  for (let past = 1; past < month; past += 1) days += lengthOf(past);
  const at = days * 86_400 + hour * 3_600 + (minute - offsetMinutes) * 60 + second;
  return at < 1_262_304_000 ? null : at;
}

const field = (min: number, max: number) => fc.integer({ min, max });
const fields = fc.tuple(
  ...[field(1990, 2400), field(0, 13), field(0, 32), field(0, 25), field(0, 61), field(0, 62)],
);
const offset = fc.option(fc.tuple(fc.constantFrom(-1, 1), field(0, 23), field(0, 59)));
const fraction = fc.constantFrom('', '.0', '.999', '.123456789');

const ofOurForm = fc.tuple(fields, fraction, offset).map(([parts, fractional, zone]) => {
  const [year = 0, ...rest] = parts;
  const [month = '', day = '', hour = '', minute = '', second = ''] = rest.map(two);
  const [sign, hours, minutes] = zone ?? [1, 0, 0];
  const suffix = zone === null ? 'Z' : `${sign < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
  return {
    text: `${year}-${month}-${day}T${hour}:${minute}:${second}${fractional}${suffix}`,
    at: byCounting(parts, sign * (hours * 60 + minutes)),
  };
});
/** With one piece of it missing or exchanged: whatever comes of it must be the same everywhere. */
const nearly = fc
  .tuple(ofOurForm, fc.nat({ max: 30 }), field(0, 3), fc.oneof(fc.constant(''), hostileText))
  .map(([{ text }, at, drop, put]) => ({
    text: text.slice(0, at) + put + text.slice(at + drop),
    at: undefined,
  }));

fuzz('dates', () => {
  const read = inZones('return modules[0].parseDate(question)', 'src/atlas/dates.ts');
  return fc.asyncProperty(fc.oneof(ofOurForm, nearly), async ({ text, at }) => {
    const all = await read(text);
    expect(new Set(all).size).toBe(1);
    if (at !== undefined) expect(all[0]).toBe(at);
  });
});

const moment = fc.date({
  min: new Date('1971-01-01'),
  max: new Date('2300-01-01'),
  noInvalidDate: true,
});
const imf = moment.map((date) => ({
  text: date.toUTCString(),
  at: Math.floor(date.getTime() / 1000),
}));
const spoilt = fc
  .tuple(imf, fc.nat({ max: 30 }), field(0, 5), fc.oneof(fc.constant(''), hostileText))
  .map(([{ text }, at, drop, put]) => ({
    text: text.slice(0, at) + put + text.slice(at + drop),
    at: undefined,
  }));
const withoutZone = imf.map(({ text }) => ({ text: text.replace(' GMT', ''), at: null }));

fuzz('httpDates', () => {
  const read = inZones('return modules[0].httpDate(question)', 'src/atlas/transport/observer.ts');
  return fc.asyncProperty(fc.oneof(imf, spoilt, withoutZone), async ({ text, at }) => {
    const all = await read(text);
    expect(new Set(all).size).toBe(1);
    if (at !== undefined) expect(all[0]).toBe(at);
  });
});
