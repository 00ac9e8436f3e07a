import type { Row } from '../row.ts';
import { absorbed, fails, met } from './making.ts';

const account = { by: 'service account' } as const;
/** The token of the poll before still works, though it is old enough to be renewed. */
const renewing = { ...account, stepSeconds: 1_500 } as const;

function token(id: string, fault: string, reason: Parameters<typeof fails>[0]): readonly Row[] {
  return met(id, fault, fails(reason), ['token'], account);
}

export const authenticationRows: readonly Row[] = [
  ...met('AU-05', 'always_stale', fails('auth'), ['projects', 'everything']),
  ...met('AU-02', 'never_stale', fails('auth'), ['projects', 'everything']),
  ...met('AU-16', 'never_stale', fails('forbidden'), ['snapshots', 'clusters']),
  ...met('AU-16', 'no_challenge', fails('forbidden'), ['snapshots', 'clusters']),
  ...met('AU-12', 'basic_only', fails('auth'), ['projects', 'everything']),
  ...['unknown_algorithm', 'session_algorithm', 'whole_body'].flatMap((fault) =>
    met('AU-13', fault, fails('auth'), ['everything']),
  ),
  ...['no_nonce', 'broken_challenge', 'no_challenge'].flatMap((fault) =>
    met('AU-11', fault, fails('auth'), ['projects', 'everything']),
  ),
  ...met('AU-17', 'html_challenge', fails('auth'), ['projects', 'everything']),
  ...met('AU-08', 'strict_counts', absorbed, ['everything']),
  ...met('AU-07', 'nonce_uses=3', absorbed, ['everything']),
  ...token('OA-03', 'token_refused', 'auth'),
  ...token('OA-07', 'token_limit', 'forbidden'),
  ...token('OA-11', 'token_rate_limited', 'rate_limited'),
  ...token('OA-02', 'token_error', 'server'),
  ...token('OA-04', 'token_html', 'bad_content_type'),
  ...token('OA-10', 'token_redirect', 'redirect'),
  ...token('OA-06', 'token_address', 'ip_not_allowed'),
  ...['none', '', '5', 'a\u0001b', 'undefined;'].flatMap((text) =>
    token('OA-04', `token_value=${text}`, 'bad_schema'),
  ),
  ...token('OA-04', 'token_type', 'bad_schema'),
  ...token('OA-04', 'token_type=none', 'bad_schema'),
  ...['none', '0', '-1', 'soon', '1e400'].flatMap((life) =>
    token('OA-04', `token_life=${life}`, 'bad_schema'),
  ),
  ...['1', '0.5', '1e12'].flatMap((life) =>
    met('OA-04', `token_life=${life}`, absorbed, ['token'], account),
  ),
  ...['token_error', 'token_html', 'token_rate_limited', 'token_refused'].flatMap((fault) =>
    met('OA-02', fault, absorbed, ['token'], renewing),
  ),
  ...met('OA-12', 'token_invalid', fails('auth'), ['projects', 'everything'], account),
  ...met(
    'OA-06',
    'forbidden=IP_ADDRESS_NOT_ON_ACCESS_LIST',
    fails('ip_not_allowed'),
    ['everything'],
    account,
  ),
];
