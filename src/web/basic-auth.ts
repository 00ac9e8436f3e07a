import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { compare } from 'bcryptjs';
import { newGate } from '../runtime/gate.ts';
import type { Admission } from './access.ts';

/** User names, each with a bcrypt hash and its cost. Empty: no credentials are needed. */
export type Users = ReadonlyMap<string, { readonly text: string; readonly cost: number }>;

type Credentials = { readonly user: string; readonly password: string };

/** One comparison takes about a tenth of a second: later ones would not be answered in time. */
const maxWaiting = 50;
const maxRefused = 200;

/**
 * Compares passwords, one at a time, and caches the outcome. An unknown user takes as long as a wrong
 * password, so that the response time does not reveal who exists.
 */
export function newBasicAuth(
  users: () => Users,
): (authorization: string | undefined, hasGone: () => boolean) => Promise<Admission> {
  const key = randomBytes(32);
  const gate = newGate(1);
  /** By user, what the last right password amounts to. */
  const verified = new Map<string, Buffer>();
  const nothing = randomBytes(32);
  const wrong = new Set<string>();

  /** Fields are encoded so that no two different triples give the same. */
  const proofOf = ({ user, password }: Credentials, hash: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([user, hash, password]))
      .digest();

  return async (authorization, hasGone) => {
    const known = users();
    if (known.size === 0) return 'admitted';
    const given = credentialsIn(authorization);
    if (given === undefined) return 'refused';
    const hash = known.get(given.user);
    const proof = proofOf(given, hash?.text ?? '');
    const remembered = (): Admission | undefined => {
      const isRight = timingSafeEqual(proof, verified.get(given.user) ?? nothing);
      if (isRight && hash !== undefined) return 'admitted';
      return wrong.has(proof.toString('base64')) ? 'refused' : undefined;
    };
    const before = remembered();
    if (before !== undefined) return before;
    if (gate.waiting() >= maxWaiting) return 'busy';
    return gate.run(async () => {
      const since = remembered();
      if (since !== undefined) return since;
      if (hasGone()) return 'refused';
      const matches = await compare(given.password, hash?.text ?? decoyFor(given.user));
      if (matches && hash !== undefined) {
        for (const user of verified.keys()) if (!users().has(user)) verified.delete(user);
        verified.set(given.user, proof);
        return 'admitted';
      }
      const [oldest] = wrong;
      if (wrong.size >= maxRefused && oldest !== undefined) wrong.delete(oldest);
      wrong.add(proof.toString('base64'));
      return 'refused';
    });
  };

  /** As expensive as that of some user, always the same one: costs may differ. */
  function decoyFor(user: string): string {
    const costs = [...users().values()].map(({ cost }) => cost);
    const pick = createHmac('sha256', key).update(user).digest().readUInt32BE() % costs.length;
    return `$2b$${String(costs[pick] ?? 10).padStart(2, '0')}$${'.'.repeat(53)}`;
  }
}

/**
 * RFC 7617, which forbids control characters; bcrypt would take some passwords with a NUL for
 * others. Undefined: there are none, or they cannot be read.
 */
function credentialsIn(authorization: string | undefined): Credentials | undefined {
  const encoded = /^basic +([a-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = utf8(Buffer.from(encoded, 'base64'));
  const colon = text?.indexOf(':') ?? -1;
  if (text === undefined || colon === -1 || /\p{Cc}/u.test(text)) return undefined;
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Undefined for other bytes: replacing them would make different passwords equal. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
