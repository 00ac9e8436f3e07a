import type { UnixSeconds } from '../../domain/time.ts';
import { always, atlasError, type Fault, type Faults, htmlPage } from './fault.ts';

const json = { 'Content-Type': 'application/json' };

function withCode(does: string, status: number, otherwise: string): Fault {
  return {
    description: `${does}, with this error code.`,
    parameter: { name: 'CODE', default: otherwise },
    start: (code) => () => atlasError(status, code),
  };
}

/** How `Retry-After` looks: some words stand for what cannot be written on a command line. */
function retryAfter(form: string, now: UnixSeconds): string | readonly string[] {
  const date = (seconds: number) => new Date((now + seconds) * 1000).toUTCString();
  switch (form) {
    case 'date':
      return date(7);
    case 'past':
      return date(-3600);
    case 'empty':
      return '';
    case 'twice':
      return ['3', '7'];
    default:
      return form;
  }
}

function waiting(does: string, status: number, errorCode: string, otherwise: string): Fault {
  return {
    description: `${does} with Retry-After: seconds or any text, or the words date, past, empty or twice.`,
    parameter: { name: 'SECONDS', default: otherwise },
    start:
      (form) =>
      ({ now }) => {
        const answer = atlasError(status, errorCode);
        const headers = { ...answer.headers, 'Retry-After': retryAfter(form, now) };
        return { ...answer, headers };
      },
  };
}

/** Answers with another status than 200. */
export const statuses: Faults = {
  server_error: {
    description: "An error 500 in Atlas's own form, or another status from 500 on.",
    parameter: { name: 'STATUS', default: '500' },
    start: (status) => () => atlasError(Number(status), 'UNEXPECTED_ERROR'),
  },
  gateway_error: {
    description: 'A 502 with a page of HTML, or another status.',
    parameter: { name: 'STATUS', default: '502' },
    start: (status) => () => htmlPage(Number(status)),
  },
  status: {
    description: 'Any status, with an empty object as its body.',
    parameter: { name: 'STATUS', default: '418' },
    start: (status) => () => ({ status: Number(status), headers: json, body: '{}' }),
  },
  rate_limited: always(
    'A 429 that does not say how long to wait.',
    atlasError(429, 'RATE_LIMITED'),
  ),
  retry_after: waiting('A 429', 429, 'RATE_LIMITED', '7'),
  unavailable: waiting('A 503', 503, 'SERVICE_UNAVAILABLE', '7'),
  unauthorized: withCode('A 401 without a challenge', 401, 'USER_UNAUTHORIZED'),
  forbidden: withCode('A 403', 403, 'ACCESS_FORBIDDEN'),
  not_found: withCode('A 404', 404, 'CLUSTER_NOT_FOUND'),
  bad_request: withCode('A 400', 400, 'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API'),
  gone: withCode('A 410', 410, 'VERSION_GONE'),
  redirect: {
    description: 'A redirect to another host.',
    parameter: { name: 'STATUS', default: '302' },
    start: (status) => () => ({
      status: Number(status),
      headers: { Location: 'http://localhost:8080/login' },
    }),
  },
};
