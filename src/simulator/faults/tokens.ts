import type { RawResponse } from '../interception.ts';
import { altered, always, atlasError, type Fault, type Faults, htmlPage } from './fault.ts';

function oauthError(status: number, error: string): RawResponse {
  const headers = { 'Content-Type': 'application/json' };
  return { status, headers, body: JSON.stringify({ error }) };
}

/** A good reply of the token endpoint with one field changed. */
function reply(does: string, name: string, field: string, otherwise: string): Fault {
  return {
    description: does,
    appliesTo: 'token',
    parameter: { name, default: otherwise },
    start: (given) => (request) =>
      altered(request, (body) => {
        if (given === 'none')
          return Object.fromEntries(Object.entries(body).filter(([key]) => key !== field));
        const value = /^-?[\d.e+]+$/.test(given) ? Number(given) : given;
        return { ...body, [field]: value };
      }),
  };
}

/** What can go wrong with the access tokens of service accounts. */
export const tokens: Faults = {
  token_refused: always(
    'The token endpoint knows no such service account.',
    oauthError(401, 'invalid_client'),
    'token',
  ),
  token_limit: always(
    'The service account has too many tokens.',
    oauthError(403, 'access_denied'),
    'token',
  ),
  token_rate_limited: always(
    'The token endpoint answers 429.',
    { ...oauthError(429, 'rate_limited'), headers: { 'Retry-After': '30' } },
    'token',
  ),
  token_error: always(
    'The token endpoint answers 500.',
    atlasError(500, 'UNEXPECTED_ERROR'),
    'token',
  ),
  token_html: always('The token endpoint answers with HTML.', htmlPage(200), 'token'),
  token_redirect: always(
    'The token endpoint redirects to another host.',
    { status: 307, headers: { Location: 'http://localhost:8080/token' } },
    'token',
  ),
  token_address: always(
    "The token endpoint does not accept the caller's address.",
    atlasError(403, 'IP_ADDRESS_NOT_ON_ACCESS_LIST'),
    'token',
  ),
  token_value: reply(
    'The access token is this text; none leaves it out.',
    'TEXT',
    'access_token',
    'none',
  ),
  token_type: reply('The token is of this type; none leaves it out.', 'TYPE', 'token_type', 'mac'),
  token_life: reply(
    'The token says that it lives so many seconds, or any text; none leaves it out.',
    'SECONDS',
    'expires_in',
    'none',
  ),
  token_invalid: always(
    'Every access token is refused.',
    {
      status: 401,
      headers: {
        'Content-Type': 'application/json',
        'WWW-Authenticate': 'Bearer error="invalid_token"',
      },
      body: '{"error":401}',
    },
    'calls',
  ),
};
