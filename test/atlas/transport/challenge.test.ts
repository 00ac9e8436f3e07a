import { describe, expect, test } from 'vitest';
import { challenges } from '../../../src/atlas/transport/challenge.ts';
import { answerable, type DigestChallenge } from '../../../src/atlas/transport/digest.ts';
import { stopwatch } from '../../stopwatch.ts';

const plain: DigestChallenge = {
  realm: 'MMS Public API',
  nonce: 'abc+/=',
  opaque: undefined,
  algorithm: 'MD5',
  stated: 'MD5',
  qop: true,
  stale: false,
};
const head = 'Digest realm="MMS Public API", nonce="abc+/="';

describe('a digest challenge', () => {
  test.each<[string, string | readonly string[], Partial<DigestChallenge>]>([
    [
      'as Atlas writes it',
      'Digest realm="MMS Public API", domain="", nonce="abc+/=", algorithm=MD5, qop="auth", stale=false',
      {},
    ],
    ['with algorithm and stale in quotes', `${head}, algorithm="MD5", qop=auth, stale="false"`, {}],
    ['with stale as TRUE', `${head}, algorithm=MD5, qop="auth", stale=TRUE`, { stale: true }],
    ['with a quoted true', `${head}, algorithm=MD5, qop="auth", stale="true"`, { stale: true }],
    [
      'with the scheme in capitals',
      `${head.replace('Digest', 'DIGEST')}, algorithm=MD5, qop="auth"`,
      {},
    ],
    [
      'with names in capitals',
      'Digest REALM="MMS Public API", Nonce="abc+/=", ALGORITHM=MD5, QOP="auth"',
      {},
    ],
    [
      'with the algorithm in small letters',
      `${head}, algorithm=md5, qop="auth"`,
      { stated: 'md5' },
    ],
    [
      'without spaces after commas',
      'Digest realm="MMS Public API",nonce="abc+/=",algorithm=MD5,qop="auth",stale=false',
      {},
    ],
    [
      'with tabs',
      'Digest\trealm="MMS Public API"\t,\tnonce="abc+/=",\talgorithm=MD5,\tqop="auth"',
      {},
    ],
    [
      'with spaces around the equals signs',
      'Digest realm = "MMS Public API", nonce = "abc+/=", algorithm = MD5, qop = "auth"',
      {},
    ],
    ['with empty elements', `,, ${head},, ,algorithm=MD5, qop="auth",`, {}],
    [
      'with a comma in the realm',
      'Digest realm="a, b=c", nonce="abc+/=", algorithm=MD5, qop="auth"',
      { realm: 'a, b=c' },
    ],
    [
      'with escaped quotes in the realm',
      String.raw`Digest realm="a \"b\" \\ c", nonce="abc+/=", algorithm=MD5, qop="auth"`,
      { realm: String.raw`a "b" \ c` },
    ],
    ['with an unknown parameter', `${head}, charset=UTF-8, x="y", algorithm=MD5, qop="auth"`, {}],
    ['with qop of two', `${head}, algorithm=MD5, qop="auth,auth-int"`, {}],
    ['with qop of two and a space', `${head}, algorithm=MD5, qop="auth-int, auth"`, {}],
    ['without qop', `${head}, algorithm=MD5`, { qop: false }],
    ['with opaque', `${head}, opaque="5ccc", algorithm=MD5, qop="auth"`, { opaque: '5ccc' }],
    [
      'after Basic in one header',
      `Basic realm="MMS", ${head}, algorithm=MD5, qop="auth", stale=false`,
      {},
    ],
    ['before Basic in one header', `${head}, algorithm=MD5, qop="auth", Basic realm="MMS"`, {}],
    ['after another header', ['Basic realm="MMS"', `${head}, algorithm=MD5, qop="auth"`], {}],
    [
      'after schemes with a token instead of parameters',
      `Negotiate, NTLM TlRMTVNTUAAB==, ${head}, algorithm=MD5, qop="auth"`,
      {},
    ],
    ['before garbage', `${head}, algorithm=MD5, qop="auth", stale=false, "`, {}],
  ])('is understood %s', (_, headers, change) => {
    expect(answerable(challenges([headers].flat()))).toEqual({ ...plain, ...change });
  });

  test.each([
    ['nothing', ''],
    ['a bare scheme', 'Digest'],
    ['parameters without a scheme', 'realm="r", nonce="n"'],
    ['a quote that never ends', 'Digest realm="r, nonce="n"'],
    ['a value that is missing', 'Digest realm=, nonce="n"'],
    ['control characters', 'Digest \u0000realm="r"'],
    ['words of another language', 'Дайджест realm="r", nonce="n"'],
  ])('is not made of %s', (_, header) => {
    expect(answerable(challenges([header]))).toBeUndefined();
  });
});

test('a long header costs time in proportion, not more', () => {
  const spent = stopwatch();
  for (const part of ['a ', 'a=', '"\\', 'a="', ', ', 'a b== ']) challenges([part.repeat(8_000)]);
  expect(spent().worked).toBeLessThan(500);
});
