import type { UnixSeconds } from '../domain/time.ts';

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;

/** The oldest date that can be real: MongoDB had no hosted backup before. */
const earliest = Date.UTC(2010, 0, 1) / 1000;

/**
 * Reads an RFC 3339 date strictly: with zone, on the calendar, from 2010 on. `Date.parse` takes a
 * date without zone for local time and makes 2 March of 30 February.
 * A leap second counts as the next one. Fractions of a second are cut off.
 * @returns whole Unix seconds; undefined for anything else
 */
export function parseDate(text: unknown): UnixSeconds | undefined {
  if (typeof text !== 'string') return undefined;
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const offset = offsetMinutes(match[9], match[10], match[11]);
  if (offset === undefined || hour > 23 || minute > 59 || second > 60) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  const onCalendar = new Date(midnight);
  if (onCalendar.getUTCMonth() !== month - 1 || onCalendar.getUTCDate() !== day) return undefined;
  const at = midnight / 1000 + hour * 3600 + (minute - offset) * 60 + second;
  return at >= earliest ? at : undefined;
}

function offsetMinutes(sign?: string, hours?: string, minutes?: string): number | undefined {
  if (sign === undefined) return 0;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** An object id of MongoDB: 24 lower-case hex digits. */
export const objectId = /^[0-9a-f]{24}$/;
