import type { UnixSeconds } from '../../domain/time.ts';
import type { Layer } from './http.ts';
import { type AtlasResponse, header } from './message.ts';
import type { Timing } from './timing.ts';

/** Told of what happens on the way to Atlas. Metrics and logs listen; the client does not care. */
export type Observer = {
  /** One try ended, with its HTTP status, or 0 when there was no answer. */
  readonly exchanged: (endpoint: string, status: number, seconds: number) => void;
  readonly retried: (reason: string) => void;
  /** Waited because of pacing, backoff or Retry-After. */
  readonly throttled: (seconds: number) => void;
  readonly rateLimit: (endpoint: string, capacity: number, remaining: number) => void;
  /** The version in use of this endpoint ends at this time. */
  readonly sunset: (endpoint: string, at: UnixSeconds) => void;
  /** Atlas's clock, from the Date header of an answer. */
  readonly atlasClock: (at: UnixSeconds) => void;
};

/** The innermost layer: sees every try, and every answer before anybody judges it. */
export function observed(observer: Observer, { monotonicMs }: Timing): Layer {
  return (next) => async (request, signal) => {
    const startedAt = monotonicMs();
    const ended = (status: number) =>
      observer.exchanged(request.endpoint, status, (monotonicMs() - startedAt) / 1000);
    try {
      const response = await next(request, signal);
      ended(response.status);
      readHeaders(observer, request.endpoint, response);
      return response;
    } catch (error) {
      ended(0);
      throw error;
    }
  };
}

function readHeaders(observer: Observer, endpoint: string, response: AtlasResponse): void {
  const limits = rateLimitOf(response);
  if (limits !== undefined) observer.rateLimit(endpoint, limits.capacity, limits.remaining);
  const sunset = httpDate(header(response, 'sunset'));
  if (sunset !== undefined) observer.sunset(endpoint, sunset);
  const date = httpDate(header(response, 'date'));
  if (date !== undefined) observer.atlasClock(date);
}

/** `RateLimit-Limit` and `RateLimit-Remaining` when both are there and make sense. */
export function rateLimitOf(response: AtlasResponse) {
  const capacity = wholeNumber(header(response, 'ratelimit-limit'));
  const remaining = wholeNumber(header(response, 'ratelimit-remaining'));
  if (capacity === undefined || remaining === undefined || capacity === 0) return undefined;
  return { capacity, remaining };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** With a day of one digit, too: Atlas writes its Sunset so. */
const httpDates = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{1,2})( [A-Z][a-z]{2} \d{4} [\d:]{8} GMT)$/;

/**
 * An HTTP date in Unix seconds; undefined when missing or not in the form that servers must write
 * (RFC 9110 §5.6.7). `Date.parse` alone takes one without `GMT` for local time, and makes 2 March of
 * 30 February.
 */
export function httpDate(text: string | undefined): UnixSeconds | undefined {
  if (text === undefined) return undefined;
  // The answers of one second all have the same.
  if (text !== lastDate.text) lastDate = { text, at: parsedHttpDate(text) };
  return lastDate.at;
}

let lastDate: { readonly text: string; readonly at: UnixSeconds | undefined } = {
  text: '',
  at: undefined,
};

function parsedHttpDate(text: string): UnixSeconds | undefined {
  const [, day = '', rest = ''] = httpDates.exec(text) ?? [];
  const stated = day.padStart(2, '0') + rest;
  const at = new Date(stated);
  const onCalendar = !Number.isNaN(at.getTime()) && at.toUTCString().endsWith(` ${stated}`);
  return onCalendar ? at.getTime() / 1000 : undefined;
}
