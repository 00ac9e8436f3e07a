import type { UnixSeconds } from '../domain/time.ts';

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** The oldest date that can be real: MongoDB had no hosted backup before. */
const earliest = Date.UTC(2010, 0, 1) / 1000;

/**
 * Reads an RFC 3339 date strictly: with zone, on the calendar, from 2010 on. `Date.parse` takes a
 * date without zone for local time and makes 2 March of 30 February.
 * A leap second counts as the next one. Fractions of a second are cut off.
 * @returns whole Unix seconds; undefined for anything else
 */
export function parseDate(text: unknown): UnixSeconds | undefined {
  if (typeof text !== 'string' || !rfc3339.test(text)) return undefined;
  // By place, not by groups of the expression: a poll reads a million of them.
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const offset = offsetMinutes(text);
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  if (offset === undefined || hour > 23 || minute > 59 || second > 60) return undefined;
  const midnight = Date.UTC(year, month - 1, day) / 1000;
  const at = midnight + hour * 3600 + (minute - offset) * 60 + second;
  return at >= earliest ? at : undefined;
}

function offsetMinutes(text: string): number | undefined {
  if (/[Zz]$/.test(text)) return 0;
  const hours = twoDigits(text, text.length - 5);
  const minutes = twoDigits(text, text.length - 2);
  if (hours > 23 || minutes > 59) return undefined;
  return (text.at(-6) === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

/** An object id of MongoDB: 24 lower-case hex digits. */
export const objectId = /^[0-9a-f]{24}$/;
