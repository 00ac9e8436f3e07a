import { randomBytes } from 'node:crypto';

/** What Atlas's server allows a nonce, by all that is known. */
const lifeMs = 60_000;
const maxUses = 1024;

type Nonce = { readonly madeAt: number; readonly seen: Set<string> };

/** Nonces of digest authentication; each count is taken once. */
export function newNonces() {
  const nonces = new Map<string, Nonce>();
  let [refused, used] = [0, 0];

  const accepts = (authorization: string): boolean => {
    const nonce = nonces.get(/ nonce="([^"]*)"/.exec(authorization)?.[1] ?? '');
    const count = / nc=(\w+)/.exec(authorization)?.[1] ?? '';
    if (nonce === undefined || Date.now() - nonce.madeAt > lifeMs) return false;
    if (nonce.seen.has(count) || nonce.seen.size >= maxUses) return false;
    if (nonce.seen.size === 0) used += 1;
    nonce.seen.add(count);
    return true;
  };

  return {
    /** Undefined when the request may pass. */
    challengeFor(authorization: string | undefined): string | undefined {
      if (authorization !== undefined && accepts(authorization)) return undefined;
      refused += 1;
      const nonce = randomBytes(24).toString('base64');
      nonces.set(nonce, { madeAt: Date.now(), seen: new Set() });
      const stale = authorization !== undefined;
      return `Digest realm="MMS Public API", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${stale}`;
    },
    /** Requests refused, and nonces that were used. */
    counts: (): readonly number[] => [refused, used],
  };
}
