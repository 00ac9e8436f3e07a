import { hash } from 'node:crypto';
import type { Challenge } from './challenge.ts';

const hashes = { MD5: 'md5', 'SHA-256': 'sha256' } as const;
type Algorithm = keyof typeof hashes;

/** A digest challenge that can be answered. */
export type DigestChallenge = {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: Algorithm;
  /** The algorithm as the server wrote it; absent when it wrote none. */
  readonly stated: string | undefined;
  /** False: the older form of RFC 2069, without count and client nonce. */
  readonly qop: boolean;
  readonly stale: boolean;
};

/**
 * The strongest challenge that can be answered, or undefined: then nothing is sent, least of all the
 * key as Basic. Only MD5 and SHA-256, without sessions: Atlas offers MD5, its Government cloud
 * documents SHA-256.
 */
export function answerable(challenges: readonly Challenge[]): DigestChallenge | undefined {
  const known = challenges.flatMap((challenge) => digestOf(challenge) ?? []);
  return known.find(({ algorithm }) => algorithm === 'SHA-256') ?? known[0];
}

function digestOf({ scheme, parameters }: Challenge): DigestChallenge | undefined {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  const stated = parameters.get('algorithm');
  const algorithm = algorithmOf(stated);
  const qop = parameters
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  if (scheme !== 'digest' || realm === undefined || nonce === undefined) return undefined;
  if (algorithm === undefined || (qop !== undefined && !qop.includes('auth'))) return undefined;
  const stale = parameters.get('stale')?.toLowerCase() === 'true';
  const opaque = parameters.get('opaque');
  return { realm, nonce, opaque, algorithm, stated, qop: qop !== undefined, stale };
}

function algorithmOf(stated = 'MD5'): Algorithm | undefined {
  const upper = stated.toUpperCase();
  return upper === 'MD5' || upper === 'SHA-256' ? upper : undefined;
}

export type DigestKey = { readonly user: string; readonly password: string };

export type DigestRequest = { readonly method: string; readonly uri: string };

/** What makes one answer differ from the next: the count and the client nonce of RFC 7616 §3.4. */
export type DigestUse = { readonly count: number; readonly cnonce: string };

/**
 * Gives the value of the Authorization header that answers a challenge for one request after another
 * (RFC 7616 §3.4, RFC 2069 without qop). What all of them share is hashed and written once.
 */
export function authorizing(
  { realm, nonce, opaque, algorithm, stated, qop }: DigestChallenge,
  key: DigestKey,
): (request: DigestRequest, use: DigestUse) => string {
  const hashed = (text: string) => hash(hashes[algorithm], text);
  const secret = hashed(`${key.user}:${realm}:${key.password}`);
  const begin = asBytes(
    `Digest username=${quote(key.user)}, realm=${quote(realm)}, nonce=${quote(nonce)}, uri=`,
  );
  const middle = stated === undefined ? '' : `, algorithm=${algorithm}`;
  const end = opaque === undefined ? '' : asBytes(`, opaque=${quote(opaque)}`);
  return ({ method, uri }, { count, cnonce }) => {
    const nc = count.toString(16).padStart(8, '0');
    const asked = hashed(`${method}:${uri}`);
    const response = qop
      ? hashed(`${secret}:${nonce}:${nc}:${cnonce}:auth:${asked}`)
      : hashed(`${secret}:${nonce}:${asked}`);
    const counted = qop ? `, qop=auth, nc=${nc}, cnonce=${quote(cnonce)}` : '';
    return `${begin}${quote(uri)}${middle}, response="${response}"${end}${counted}`;
  };
}

/** UTF-8, as it was hashed: a header is written one byte for each character, none above 255. */
function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
