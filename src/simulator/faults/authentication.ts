import { digestParameters } from '../access/digest.ts';
import type { Interception } from '../interception.ts';
import { always, type Fault, type Faults } from './fault.ts';

const nonce = 'bm9uY2Ugb2YgYSBmYXVsdA==';
const digest = `Digest realm="MMS Public API", domain="", nonce="${nonce}"`;

function challenged(does: string, challenge: string | readonly string[]): Fault {
  return always(
    does,
    {
      status: 401,
      headers: { 'Content-Type': 'application/json', 'WWW-Authenticate': challenge },
      body: '{"error":401}',
    },
    'all',
  );
}

/** Challenges that cannot be met, or not for long. */
export const authentication: Faults = {
  always_stale: challenged(
    'Whatever is signed, the nonce is too old.',
    `${digest}, algorithm=MD5, qop="auth", stale=true`,
  ),
  never_stale: challenged(
    'Whatever is signed is refused, as with a wrong key.',
    `${digest}, algorithm=MD5, qop="auth", stale=false`,
  ),
  basic_only: challenged('Nothing but Basic authentication is offered.', 'Basic realm="MMS"'),
  unknown_algorithm: challenged(
    'A digest algorithm that few know is asked for.',
    `${digest}, algorithm=SHA-512-256, qop="auth"`,
  ),
  session_algorithm: challenged('Only MD5-sess is offered.', `${digest}, algorithm=MD5-sess`),
  whole_body: challenged('Only qop=auth-int is offered.', `${digest}, qop="auth-int"`),
  no_nonce: challenged('The challenge has no nonce.', 'Digest realm="MMS Public API", qop="auth"'),
  broken_challenge: challenged('The challenge cannot be read.', 'Digest realm="MMS, nonce=,,="'),
  no_challenge: always(
    'A 401 that offers nothing and says nothing.',
    { status: 401, headers: { 'Content-Type': 'application/json' }, body: '{}' },
    'all',
  ),
  html_challenge: always(
    'A 401 with a challenge of a proxy and 100 KB of HTML.',
    {
      status: 401,
      headers: { 'Content-Type': 'text/html', 'WWW-Authenticate': 'Negotiate' },
      body: `<html>${'x'.repeat(100_000)}</html>`,
    },
    'all',
  ),
  strict_counts: {
    description: 'A count of a nonce that is not above the last one makes the nonce stale.',
    appliesTo: 'all',
    start: () =>
      counting((count, last) => {
        return count > last ? count : undefined;
      }),
  },
  nonce_uses: {
    description: 'A nonce can be used so many times, then it is stale.',
    appliesTo: 'all',
    parameter: { name: 'TIMES', default: '3' },
    start: (most) => counting((_, uses) => (uses < Number(most) ? uses + 1 : undefined)),
  },
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
