import { changedHeaders, type Faults } from './fault.ts';

const dateIn = (now: number, seconds: number) => new Date((now + seconds) * 1000).toUTCString();

/** Good answers with headers that say something else. */
export const headers: Faults = {
  sunset: changedHeaders('The API version in use ends in {DAYS=30} days.', (days, { now }) => ({
    Deprecation: dateIn(now, -86_400),
    Sunset: dateIn(now, Number(days) * 86_400),
  })),
  sunset_junk: changedHeaders('The Sunset header is {TEXT=soon}.', (Sunset) => ({ Sunset })),
  clock_skew: changedHeaders(
    "Atlas's clock is {SECONDS=3600} seconds ahead.",
    (seconds, { now }) => ({
      Date: dateIn(now, Number(seconds)),
    }),
  ),
  date: changedHeaders('The Date header is {TEXT=today}.', (text) => ({ Date: text })),
  limit_headers: changedHeaders(
    'The headers say that {REMAINING=many} of 1200 requests remain.',
    (remaining) => ({ 'RateLimit-Limit': '1200', 'RateLimit-Remaining': remaining }),
  ),
};
