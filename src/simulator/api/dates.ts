import { isoDate, type UnixSeconds } from '../../domain/time.ts';

const daySeconds = 86_400;
const days = new Map<number, string>();
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** As `isoDate`, for the hundred dates of every listing: a `Date` each would be half of its cost. */
export function listedDate(at: UnixSeconds): string {
  const whole = Math.floor(at);
  const day = Math.floor(whole / daySeconds);
  const second = whole - day * daySeconds;
  let prefix = days.get(day);
  if (prefix === undefined) {
    prefix = isoDate(day * daySeconds).slice(0, 11);
    // A few years; only a clock that runs wild would fill it.
    if (days.size > 5000) days.clear();
    days.set(day, prefix);
  }
  const minutes = Math.floor(second / 60);
  return `${prefix}${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[second % 60]}Z`;
}
