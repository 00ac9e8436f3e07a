import { createHash, randomBytes } from 'node:crypto';
import type { Clock, UnixSeconds } from '../../domain/time.ts';

export type DigestAlgorithm = 'MD5' | 'SHA-256';

export type DigestOptions = {
  readonly algorithm: DigestAlgorithm;
  readonly nonceLifeSeconds: number;
  readonly nonceUses: number;
  readonly clock: Clock;
};

export type DigestVerdict =
  | { readonly kind: 'accepted'; readonly username: string }
  /** The credentials do not count; with a fresh nonce the same ones may. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused' };

const realm = 'MMS Public API';

type Nonce = { readonly madeAt: UnixSeconds; readonly seen: Set<number> };

/**
 * Digest authentication by the rules of Jetty, the server Atlas runs on: a nonce lives for a time
 * and a number of uses, and takes each count once, in any order. A repeated count is answered like
 * a wrong key; a nonce that is too old, used up or unknown is stale.
 */
export function digestGuard({ algorithm, nonceLifeSeconds, nonceUses, clock }: DigestOptions) {
  const nonces = new Map<string, Nonce>();

  const forgetOld = () => {
    const oldest = clock() - nonceLifeSeconds;
    for (const [text, { madeAt }] of nonces) {
      if (madeAt >= oldest) break;
      nonces.delete(text);
    }
  };

  return {
    /** The value of WWW-Authenticate, with a nonce of its own. */
    challenge(stale: boolean): string {
      const nonce = randomBytes(24).toString('base64');
      nonces.set(nonce, { madeAt: clock(), seen: new Set() });
      return `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=${algorithm}, qop="auth", stale=${stale}`;
    },

    verify(
      header: string,
      method: string,
      target: string,
      passwordOf: (username: string) => string | undefined,
    ): DigestVerdict {
      const parameters = digestParameters(header);
      const given = (name: string) => parameters.get(name) ?? '';
      const [nc, uri, username] = [given('nc'), given('uri'), given('username')];
      if (!/^[0-9a-f]{8}$/i.test(nc)) return { kind: 'refused' };
      if ((parameters.get('algorithm') ?? 'MD5').toUpperCase() !== algorithm)
        return { kind: 'refused' };
      forgetOld();
      const nonce = nonces.get(given('nonce'));
      const count = Number.parseInt(nc, 16);
      if (nonce === undefined || count > nonceUses) return { kind: 'stale' };
      if (nonce.seen.has(count)) return { kind: 'refused' };
      nonce.seen.add(count);
      const password = passwordOf(username);
      if (password === undefined || uri !== target) return { kind: 'refused' };
      if (given('realm') !== realm || given('qop') !== 'auth') return { kind: 'refused' };
      const texts = { nonce: given('nonce'), nc, cnonce: given('cnonce') };
      const input = { ...texts, username, realm, password, method, uri };
      const response = digestResponse(algorithm, input);
      const matches = given('response').toLowerCase() === response;
      return matches ? { kind: 'accepted', username } : { kind: 'refused' };
    },
  };
}

export type DigestGuard = ReturnType<typeof digestGuard>;

export type DigestInput = Readonly<
  Record<'username' | 'realm' | 'password' | 'method' | 'uri' | 'nonce' | 'nc' | 'cnonce', string>
>;

/** The response of RFC 7616 section 3.4.1 with qop=auth. */
export function digestResponse(algorithm: DigestAlgorithm, it: DigestInput): string {
  const hash = (text: string) => createHash(algorithm.replace('-', '')).update(text).digest('hex');
  const secret = hash(`${it.username}:${it.realm}:${it.password}`);
  const request = hash(`${it.method}:${it.uri}`);
  return hash(`${secret}:${it.nonce}:${it.nc}:${it.cnonce}:auth:${request}`);
}

/** The parameters of an Authorization header, with quoted strings unescaped. */
export function digestParameters(header: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const part =
    /([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))[ \t]*(?:,|$)/g;
  for (const [, name, quoted, bare] of header.replace(/^\s*digest\s+/i, '').matchAll(part)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
    // Node reads headers as Latin-1; clients send UTF-8.
    parameters.set((name ?? '').toLowerCase(), Buffer.from(value, 'latin1').toString('utf8'));
  }
  return parameters;
}
