import type { PolicyItem } from '../../src/domain/schedule.ts';

export type Reference = { readonly hour: number; readonly minute: number };

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/** Whether an item fires at this time, of whose hour it is the minute in which all fire. */
function firesAt({ frequency, interval }: PolicyItem, at: Date, reference: Reference): boolean {
  const hours = (at.getUTCHours() - reference.hour + 24) % 24;
  if (frequency === 'hourly') return hours % interval === 0;
  if (hours !== 0) return false;
  switch (frequency) {
    case 'daily':
      return true;
    case 'weekly':
      return (at.getUTCDay() || 7) === interval;
    case 'monthly':
      if (interval === 40) return new Date(at.getTime() + dayMs).getUTCDate() === 1;
      return interval <= 28 && at.getUTCDate() === interval;
    case 'yearly':
      return at.getUTCDate() === 1 && at.getUTCMonth() + 1 === interval;
    default:
      return false;
  }
}

/** The longest gap in seconds seen from the first of January of one year to that of another. */
export function gapByMinute(
  items: readonly PolicyItem[],
  reference: Reference,
  fromYear: number,
  toYear: number,
): number | undefined {
  return gapSeen(items, reference, Date.UTC(fromYear, 0), Date.UTC(toYear, 0), minuteMs);
}

/** The same, for items that fire at the reference time only, and from any day to any day. */
export function gapByDay(
  items: readonly PolicyItem[],
  reference: Reference,
  from: number,
  to: number,
): number | undefined {
  const offset = (reference.hour * 60 + reference.minute) * minuteMs;
  return gapSeen(items, reference, from + offset, to + offset, dayMs);
}

function gapSeen(
  items: readonly PolicyItem[],
  reference: Reference,
  from: number,
  to: number,
  step: number,
): number | undefined {
  let longest: number | undefined;
  let previous: number | undefined;
  const date = new Date();
  for (let at = from; at < to; at += step) {
    date.setTime(at);
    if (date.getUTCMinutes() !== reference.minute) continue;
    if (!items.some((item) => firesAt(item, date, reference))) continue;
    if (previous !== undefined) longest = Math.max(longest ?? 0, (at - previous) / 1000);
    previous = at;
  }
  return longest;
}
