import type { RawResponse } from '../interception.ts';
import {
  atlasError,
  changedBody,
  type Fault,
  type Faults,
  htmlPage,
  type Json,
  json,
  replacedAnswer,
} from './fault.ts';

function refusedToken(description: string, answer: RawResponse): Fault {
  return replacedAnswer(description, answer, 'token');
}

function oauthError(status: number, error: string): RawResponse {
  return { status, headers: json, body: JSON.stringify({ error }) };
}

/** A good reply of the token endpoint with another value in one field, or without it. */
function changedField(field: string, text: string): Fault {
  const change = (body: Json, given: string) => {
    const number = /^-?[\d.e+]+$/.test(given) ? Number(given) : given;
    return { ...body, [field]: given === 'none' ? undefined : number };
  };
  return changedBody(`${text} (none omits it).`, change, 'token');
}

/** What can go wrong with the access tokens of service accounts. */
export const tokens: Faults = {
  token_refused: refusedToken(
    'The token endpoint does not know the service account.',
    oauthError(401, 'invalid_client'),
  ),
  token_limit: refusedToken(
    'The service account has too many tokens.',
    oauthError(403, 'access_denied'),
  ),
  token_rate_limited: refusedToken('The token endpoint answers 429.', {
    ...oauthError(429, 'rate_limited'),
    headers: { 'Retry-After': '30' },
  }),
  token_error: refusedToken('The token endpoint answers 500.', atlasError(500, 'UNEXPECTED_ERROR')),
  token_html: refusedToken('The token endpoint answers with HTML.', htmlPage(200)),
  token_redirect: refusedToken('The token endpoint redirects to another host.', {
    status: 307,
    headers: { Location: 'http://localhost:8080/token' },
  }),
  token_address: refusedToken(
    "The token endpoint rejects the caller's IP address.",
    atlasError(403, 'IP_ADDRESS_NOT_ON_ACCESS_LIST'),
  ),
  token_value: changedField('access_token', 'The access token is {TEXT=none}'),
  token_type: changedField('token_type', 'The token type is {TYPE=mac}'),
  token_life: changedField('expires_in', 'The token is valid for {SECONDS=none} seconds'),
  token_invalid: replacedAnswer('Every access token is refused.', {
    status: 401,
    headers: { ...json, 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    body: '{"error":401}',
  }),
};
