import { digestParameters } from '../access/digest.ts';
import type { Interception, RawResponse } from '../interception.ts';
import { type Fault, type Faults, fault, json, replacedAnswer } from './fault.ts';

const nonce = 'bm9uY2Ugb2YgYSBmYXVsdA==';
const digest = `Digest realm="MMS Public API", domain="", nonce="${nonce}"`;

function challenged(description: string, challenge: string): Fault {
  return refused(description, { 'WWW-Authenticate': challenge }, '{"error":401}');
}

function refused(description: string, headers: RawResponse['headers'], body: string): Fault {
  return replacedAnswer(
    description,
    { status: 401, headers: { ...json, ...headers }, body },
    'all',
  );
}

/** Challenges that cannot be met, or not for long. */
export const challenges: Faults = {
  always_stale: challenged(
    'Every request is refused with a stale nonce.',
    `${digest}, algorithm=MD5, qop="auth", stale=true`,
  ),
  never_stale: challenged(
    'Every request is refused as with a wrong key.',
    `${digest}, algorithm=MD5, qop="auth", stale=false`,
  ),
  basic_only: challenged('Only Basic authentication is offered.', 'Basic realm="MMS"'),
  unknown_algorithm: challenged(
    'The digest algorithm SHA-512-256 is required.',
    `${digest}, algorithm=SHA-512-256, qop="auth"`,
  ),
  session_algorithm: challenged('Only MD5-sess is offered.', `${digest}, algorithm=MD5-sess`),
  whole_body: challenged('Only qop=auth-int is offered.', `${digest}, qop="auth-int"`),
  no_nonce: challenged('The challenge has no nonce.', 'Digest realm="MMS Public API", qop="auth"'),
  broken_challenge: challenged('The challenge cannot be parsed.', 'Digest realm="MMS, nonce=,,="'),
  no_challenge: refused('A 401 without a challenge or an error code.', {}, '{}'),
  html_challenge: refused(
    "A 401 with a proxy's challenge and 100 KB of HTML.",
    { 'Content-Type': 'text/html', 'WWW-Authenticate': 'Negotiate' },
    `<html>${'x'.repeat(100_000)}</html>`,
  ),
  strict_counts: fault(
    'A nonce count that is not above the last one makes the nonce stale.',
    () => counting((count, last) => (count > last ? count : undefined)),
    'all',
  ),
  nonce_uses: fault(
    'A nonce is stale after {TIMES=3} uses.',
    (max) => counting((_, uses) => (uses < Number(max) ? uses + 1 : undefined)),
    'all',
  ),
};

/** Keeps a number for each nonce, from 0; a use of which it makes none is stale. */
function counting(next: (count: number, before: number) => number | undefined): Interception {
  const kept = new Map<string, number>();
  return ({ authorization, challenge }) => {
    const given = digestParameters(authorization ?? '');
    const own = given.get('nonce');
    if (own === undefined) return undefined;
    const number = next(Number.parseInt(given.get('nc') ?? '', 16), kept.get(own) ?? 0);
    if (number === undefined) {
      return { status: 401, headers: { 'WWW-Authenticate': challenge() } };
    }
    kept.set(own, number);
    return undefined;
  };
}
