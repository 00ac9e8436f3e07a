import type { Reply } from '../api/reply.ts';
import type { Caller, Credentials } from './credentials.ts';
import type { digestGuard } from './digest.ts';
import type { tokenIssuer } from './token-issuer.ts';

export type Authenticated =
  | { readonly kind: 'accepted'; readonly caller: Caller }
  | { readonly kind: 'challenged'; readonly reply: Reply };

/** Finds out who calls, or has the answer for someone who did not say it well enough. */
export function authenticator(
  credentials: Credentials,
  guard: ReturnType<typeof digestGuard>,
  office: ReturnType<typeof tokenIssuer>,
) {
  const keyOf = (name: string) => credentials.apiKeys.find(({ publicKey }) => publicKey === name);

  return (header: string | undefined, method: string, target: string): Authenticated => {
    const bearer = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    if (bearer !== undefined) {
      const account = office.bearer(bearer);
      if (account === undefined)
        return challenged('Bearer realm="MMS Public API", error="invalid_token"', true);
      return {
        kind: 'accepted',
        caller: { ...account, kind: 'serviceAccount', name: account.clientId },
      };
    }
    if (header === undefined || !/^Digest\s/i.test(header)) {
      return challenged(guard.challenge(false), header !== undefined);
    }
    const verdict = guard.verify(header, method, target, (name) => keyOf(name)?.privateKey);
    const key = verdict.kind === 'accepted' ? keyOf(verdict.username) : undefined;
    if (key === undefined) return challenged(guard.challenge(verdict.kind === 'stale'), true);
    return { kind: 'accepted', caller: { ...key, kind: 'apiKey', name: key.publicKey } };
  };
}

/** The error code came with wrong credentials only; this body alone is pretty-printed. */
function challenged(challenge: string, tried: boolean): Authenticated {
  const lines = [
    '  "error" : 401',
    '  "reason" : "Unauthorized"',
    '  "detail" : "You are not authorized for this resource."',
    ...(tried ? ['  "errorCode" : "UNEXPECTED_ERROR"'] : []),
  ];
  const headers = { 'Content-Type': 'application/json', 'WWW-Authenticate': challenge };
  return {
    kind: 'challenged',
    reply: { status: 401, headers, body: `{\n${lines.join(',\n')}\n}` },
  };
}
