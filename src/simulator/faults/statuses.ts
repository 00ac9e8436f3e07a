import type { UnixSeconds } from '../../domain/time.ts';
import {
  atlasError,
  changedHeaders,
  type Fault,
  type Faults,
  htmlPage,
  json,
  replacedAnswer,
} from './fault.ts';

const dateIn = (now: UnixSeconds, seconds: number) =>
  new Date((now + seconds) * 1000).toUTCString();

function withCode(status: number, text: string): Fault {
  return replacedAnswer(text, (code) => atlasError(status, code));
}

function withRetryAfter(status: number, errorCode: string): Fault {
  return replacedAnswer(
    `A ${status} with Retry-After {SECONDS=7} (or one of: date, past, empty, twice).`,
    (form, { now }) => {
      const answer = atlasError(status, errorCode);
      return { ...answer, headers: { ...answer.headers, 'Retry-After': retryAfter(form, now) } };
    },
  );
}

/** Some words stand for what cannot be written on a command line. */
function retryAfter(form: string, now: UnixSeconds): string | readonly string[] {
  if (form === 'date' || form === 'past') return dateIn(now, form === 'date' ? 7 : -3600);
  if (form === 'twice') return ['3', '7'];
  return form === 'empty' ? '' : form;
}

/** Answers with another status than 200. */
export const statuses: Faults = {
  server_error: replacedAnswer(
    "A server error with status {STATUS=500}, in Atlas's own format.",
    (status) => atlasError(Number(status), 'UNEXPECTED_ERROR'),
  ),
  gateway_error: replacedAnswer('Status {STATUS=502} with a page of HTML.', (status) =>
    htmlPage(Number(status)),
  ),
  status: replacedAnswer('Status {STATUS=418} with an empty JSON object.', (status) => ({
    status: Number(status),
    headers: json,
    body: '{}',
  })),
  rate_limited: replacedAnswer('A 429 without Retry-After.', atlasError(429, 'RATE_LIMITED')),
  retry_after: withRetryAfter(429, 'RATE_LIMITED'),
  unavailable: withRetryAfter(503, 'SERVICE_UNAVAILABLE'),
  unauthorized: withCode(
    401,
    'A 401 with error code {CODE=USER_UNAUTHORIZED}, without a challenge.',
  ),
  forbidden: withCode(403, 'A 403 with error code {CODE=ACCESS_FORBIDDEN}.'),
  not_found: withCode(404, 'A 404 with error code {CODE=CLUSTER_NOT_FOUND}.'),
  bad_request: withCode(
    400,
    'A 400 with error code {CODE=CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API}.',
  ),
  gone: withCode(410, 'A 410 with error code {CODE=VERSION_GONE}.'),
  redirect: replacedAnswer('A redirect to another host with status {STATUS=302}.', (status) => ({
    status: Number(status),
    headers: { Location: 'http://localhost:8080/login' },
  })),
};

/** Good answers with headers that say something else. */
export const headers: Faults = {
  sunset: changedHeaders('The API version in use ends in {DAYS=30} days.', (days, { now }) => ({
    Deprecation: dateIn(now, -86_400),
    Sunset: dateIn(now, Number(days) * 86_400),
  })),
  sunset_junk: changedHeaders('The Sunset header is {TEXT=soon}.', (Sunset) => ({ Sunset })),
  clock_skew: changedHeaders(
    "Atlas's clock is {SECONDS=3600} seconds ahead.",
    (seconds, { now }) => ({ Date: dateIn(now, Number(seconds)) }),
  ),
  date: changedHeaders('The Date header is {TEXT=today}.', (text) => ({ Date: text })),
  limit_headers: changedHeaders(
    'The headers say that {REMAINING=many} of 1200 requests remain.',
    (remaining) => ({ 'RateLimit-Limit': '1200', 'RateLimit-Remaining': remaining }),
  ),
};
