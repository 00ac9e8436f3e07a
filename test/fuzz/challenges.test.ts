import fc from 'fast-check';
import { expect } from 'vitest';
import { challenges } from '../../src/atlas/transport/challenge.ts';
import { answerable, authorizing } from '../../src/atlas/transport/digest.ts';
import { fuzz } from './fuzzing.ts';

const words = 'Digest Basic realm nonce qop algorithm stale opaque MD5 SHA-256 MD5-sess auth'.split(
  ' ',
);
const piece = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(
    '"',
    '\\',
    ',',
    '=',
    ' ',
    '\t',
    '==',
    '"a"',
    '"\\"',
    'Digest realm="r", nonce="n"',
  ),
  fc.string({ unit: 'binary' }),
);
const headers = fc.array(
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  { maxLength: 3 },
);
const password = 'canary-private-7f2c';

fuzz(
  'challenges',
  fc.property(headers, (all) => {
    const read = challenges(all);
    for (const { scheme, parameters } of read) {
      expect(scheme).toBe(scheme.toLowerCase());
      expect(parameters).toBeInstanceOf(Map);
    }
    const challenge = answerable(read);
    if (challenge === undefined) return;
    const answer = authorizing(challenge, { user: 'canarykey', password })(
      { method: 'GET', uri: '/api/atlas/v2/groups' },
      { count: 1, cnonce: 'c' },
    );
    expect(answer).not.toContain(password);
    const [mine] = challenges([Buffer.from(answer, 'latin1').toString()]);
    expect(mine?.parameters.get('nonce')).toBe(challenge.nonce.toWellFormed());
    expect(mine?.parameters.get('realm')).toBe(challenge.realm.toWellFormed());
    expect(mine?.parameters.get('response')).toMatch(/^[0-9a-f]{32}([0-9a-f]{32})?$/);
  }),
);

const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/);
const parameter = fc.tuple(token, fc.string({ unit: 'binary-ascii' }), fc.boolean());
const written = ([name, value, bare]: [string, string, boolean]) =>
  bare && /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(value)
    ? `${name}=${value}`
    : `${name}="${value.replaceAll(/["\\]/g, '\\$&')}"`;
const challenge = fc.tuple(token, fc.array(parameter, { minLength: 1, maxLength: 5 }));

fuzz(
  'writtenChallenges',
  fc.property(fc.array(challenge, { minLength: 1, maxLength: 3 }), (all) => {
    const header = all
      .map(([scheme, parameters]) => `${scheme} ${parameters.map(written).join(', ')}`)
      .join(', ');
    expect(challenges([header]).map(({ scheme, parameters }) => [scheme, [...parameters]])).toEqual(
      all.map(([scheme, parameters]) => [
        scheme.toLowerCase(),
        [...new Map(parameters.map(([name, value]) => [name.toLowerCase(), value]))],
      ]),
    );
  }),
);
