import type { PolicyItem } from './schedule.ts';

const hour = 3600;
const day = 24 * hour;
const lastOfMonth = 40;

// After 28 years without a century year, weekdays, months and leap years meet as they did before.
// These begin on a Monday. Days are counted from 0.
const firstYear = 2001;
const years = 28;
const monthStarts = Array.from({ length: 12 * years }, (_, month) => dayOf(month));
const monthEnds = monthStarts.map((_, month) => dayOf(month + 1) - 1);
const cycleDays = dayOf(12 * years);
const mondays = Array.from({ length: cycleDays / 7 }, (_, week) => 7 * week);

/**
 * The longest time in seconds between two neighbouring firings of a schedule, its items taken
 * together. Absent when no item fires by itself.
 *
 * The reference time plays no part: it moves all firings alike, so every gap stays as it is.
 */
export function expectedIntervalSeconds(items: readonly PolicyItem[]): number | undefined {
  return longestWithinDay(items) ?? longestBetweenDays(items);
}

/** Of the items that fire every day. Absent without one. */
function longestWithinDay(items: readonly PolicyItem[]): number | undefined {
  const steps = items.flatMap(({ frequency, interval }) => {
    if (frequency === 'daily') return 24;
    return frequency === 'hourly' && interval >= 1 ? interval : [];
  });
  // All begin anew at the reference time. No other fires before the shortest step from there has
  // ended, and that step goes on until the next day, so no gap is longer.
  return steps.length > 0 ? Math.min(24, ...steps) * hour : undefined;
}

/** Of the items that fire at the reference time of some days. Absent when they never do. */
function longestBetweenDays(items: readonly PolicyItem[]): number | undefined {
  const fires = new Uint8Array(cycleDays);
  for (const item of items) {
    for (const date of firingDays(item)) fires[date] = 1;
  }
  const last = fires.lastIndexOf(1);
  if (last === -1) return undefined;
  let previous = last - cycleDays;
  let longest = 0;
  for (let date = 0; date < cycleDays; date += 1) {
    if (fires[date] === 0) continue;
    longest = Math.max(longest, date - previous);
    previous = date;
  }
  return longest * day;
}

const never: readonly number[] = [];

// An interval that Atlas does not have never fires, so that the gap is too long, not too short.
function firingDays({ frequency, interval }: PolicyItem): readonly number[] {
  switch (frequency) {
    case 'weekly':
      return isWithin(1, interval, 7) ? mondays.map((monday) => monday + interval - 1) : never;
    case 'monthly':
      if (interval === lastOfMonth) return monthEnds;
      return isWithin(1, interval, 28) ? monthStarts.map((start) => start + interval - 1) : never;
    case 'yearly':
      return monthStarts.filter((_, month) => (month % 12) + 1 === interval);
    case 'hourly':
    case 'daily':
    case 'on_demand':
    case 'other':
      return never;
  }
}

function isWithin(least: number, value: number, most: number): boolean {
  return least <= value && value <= most;
}

/** First day of a month of the cycle, counted from 0. */
function dayOf(month: number): number {
  return (Date.UTC(firstYear, month) - Date.UTC(firstYear, 0)) / (1000 * day);
}
