import type { SimulatedRequest } from '../interception.ts';
import type { Fault, Faults } from './fault.ts';

function adding(
  does: string,
  parameter: NonNullable<Fault['parameter']>,
  headers: (given: string, request: SimulatedRequest) => Readonly<Record<string, string>>,
): Fault {
  return {
    description: does,
    parameter,
    start: (given) => async (request) => {
      const answer = await request.atlas();
      return { ...answer, headers: { ...answer.headers, ...headers(given, request) } };
    },
  };
}

const dateIn = (now: number, seconds: number) => new Date((now + seconds) * 1000).toUTCString();

/** Good answers with headers that say something else. */
export const headers: Faults = {
  sunset: adding(
    'The version in use ends in so many days.',
    { name: 'DAYS', default: '30' },
    (days, { now }) => ({
      Deprecation: dateIn(now, -86_400),
      Sunset: dateIn(now, Number(days) * 86_400),
    }),
  ),
  sunset_junk: adding('The sunset is this text.', { name: 'TEXT', default: 'soon' }, (text) => ({
    Sunset: text,
  })),
  clock_skew: adding(
    "Atlas's clock is so many seconds ahead.",
    { name: 'SECONDS', default: '3600' },
    (seconds, { now }) => ({ Date: dateIn(now, Number(seconds)) }),
  ),
  date: adding('The date of answers is this text.', { name: 'TEXT', default: 'today' }, (text) => ({
    Date: text,
  })),
  limit_headers: adding(
    'So many requests are said to remain of 1,200; or any text.',
    { name: 'REMAINING', default: 'many' },
    (remaining) => ({ 'RateLimit-Limit': '1200', 'RateLimit-Remaining': remaining }),
  ),
};
