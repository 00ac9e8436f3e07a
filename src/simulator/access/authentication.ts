import type { Reply } from '../api/reply.ts';
import type { Caller, Credentials } from './credentials.ts';
import type { DigestGuard } from './digest.ts';
import type { TokenIssuer } from './token-issuer.ts';

export type Authenticated =
  | { readonly kind: 'accepted'; readonly caller: Caller }
  | { readonly kind: 'challenged'; readonly reply: Reply };

/** Finds out who calls, or has the answer for someone who did not say it well enough. */
export function authenticator(credentials: Credentials, guard: DigestGuard, tokens: TokenIssuer) {
  const keyOf = (name: string) => credentials.apiKeys.find(({ publicKey }) => publicKey === name);

  return (header: string | undefined, method: string, target: string): Authenticated => {
    const bearer = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    if (bearer !== undefined) {
      const account = tokens.owner(bearer);
      return account === undefined
        ? challenged('Bearer realm="MMS Public API", error="invalid_token"', true)
        : accepted({ ...account, kind: 'serviceAccount', name: account.clientId });
    }
    if (header === undefined || !/^Digest\s/i.test(header)) {
      return challenged(guard.challenge(false), header !== undefined);
    }
    const verdict = guard.verify(header, method, target, (name) => keyOf(name)?.privateKey);
    const key = verdict.kind === 'accepted' ? keyOf(verdict.username) : undefined;
    return key === undefined
      ? challenged(guard.challenge(verdict.kind === 'stale'), true)
      : accepted({ ...key, kind: 'apiKey', name: key.publicKey });
  };
}

function accepted(caller: Caller): Authenticated {
  return { kind: 'accepted', caller };
}

/** The error code came with wrong credentials only; this body alone is pretty-printed. */
function challenged(challenge: string, tried: boolean): Authenticated {
  const body = {
    error: 401,
    reason: 'Unauthorized',
    detail: 'You are not authorized for this resource.',
    ...(tried ? { errorCode: 'UNEXPECTED_ERROR' } : {}),
  };
  const headers = { 'Content-Type': 'application/json', 'WWW-Authenticate': challenge };
  const text = JSON.stringify(body, undefined, 2).replaceAll('":', '" :');
  return { kind: 'challenged', reply: { status: 401, headers, body: text } };
}
