import { describe, expect, test } from 'vitest';
import { challenges } from '../../../src/atlas/transport/challenge.ts';
import {
  answerable,
  authorizing,
  type DigestKey,
  type DigestUse,
} from '../../../src/atlas/transport/digest.ts';

type Vector = {
  readonly challenge: string;
  readonly key: DigestKey;
  readonly uri: string;
  readonly use: DigestUse;
  readonly response: string;
};

const example = { user: 'Mufasa', password: 'Circle of Life' };
const page = '/dir/index.html';
const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
const opaque = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
const offer = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`;
const testRealm = 'realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
const atlas = {
  challenge:
    'Digest realm="MMS Public API", domain="", nonce="Nfx+VMFO0sY4tpgy1sHRakvvv0NN4S91", algorithm=MD5, qop="auth", stale=false',
  key: { user: 'abcdwxyz', password: '01234567-89ab-cdef-0123-456789abcdef' },
  uri: '/api/atlas/v2/groups?pageNum=1&itemsPerPage=500',
};

const vectors: Readonly<Record<string, Vector>> = {
  'RFC 7616 section 3.9.1, MD5': {
    ...{ challenge: offer('MD5'), key: example, uri: page, use: { count: 1, cnonce } },
    response: '8ca523f5e9506fed4657c9700eebdbec',
  },
  'RFC 7616 section 3.9.1, SHA-256': {
    ...{ challenge: offer('SHA-256'), key: example, uri: page, use: { count: 1, cnonce } },
    response: '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  },
  'the second use of a nonce': {
    ...{ challenge: offer('MD5'), key: example, uri: page, use: { count: 2, cnonce } },
    response: '4b5d595ecf2db9df612ea5b45cd97101',
  },
  'the tenth use of a nonce': {
    ...{ challenge: offer('MD5'), key: example, uri: page, use: { count: 10, cnonce } },
    response: 'c6c7fe4805f94693cf246790d3b2afe2',
  },
  'RFC 2617 section 3.5': {
    challenge: `Digest ${testRealm}, qop="auth,auth-int", opaque="5ccc069c403ebaf9f0171e9517f40e41"`,
    key: { user: 'Mufasa', password: 'Circle Of Life' },
    uri: page,
    use: { count: 1, cnonce: '0a4f113b' },
    response: '6629fae49393a05397450978507c4ef1',
  },
  'RFC 2069, which knows no qop': {
    challenge: `Digest ${testRealm}`,
    key: { user: 'Mufasa', password: 'Circle Of Life' },
    uri: page,
    use: { count: 1, cnonce: 'unused' },
    response: '670fd8c2df070c60b045671b8b24ff02',
  },
  'a first request to Atlas': {
    ...{ ...atlas, use: { count: 1, cnonce: '0123456789abcdef' } },
    response: 'e9d10a80857d3af8d7c682272f8d3b71',
  },
  'a second request to Atlas': {
    ...{ ...atlas, use: { count: 2, cnonce: '0123456789abcdef' } },
    response: '9949cf8d71e3789909ff84953ea9cc8e',
  },
};

function answer({ challenge, key, uri, use }: Omit<Vector, 'response'>): string {
  const understood = answerable(challenges([challenge]));
  if (understood === undefined) throw new Error('the challenge was not understood');
  return authorizing(understood, key)({ method: 'GET', uri }, use);
}

describe('the answer to a challenge', () => {
  test.each(Object.entries(vectors))('agrees with %s', (_, { response, ...vector }) => {
    expect(answer(vector)).toContain(`response="${response}"`);
  });

  test('to Atlas holds all its fields, in the quotes that RFC 7616 asks for', () => {
    expect(answer({ ...atlas, use: { count: 1, cnonce: '0123456789abcdef' } })).toBe(
      'Digest username="abcdwxyz", realm="MMS Public API", nonce="Nfx+VMFO0sY4tpgy1sHRakvvv0NN4S91", uri="/api/atlas/v2/groups?pageNum=1&itemsPerPage=500", algorithm=MD5, response="e9d10a80857d3af8d7c682272f8d3b71", qop=auth, nc=00000001, cnonce="0123456789abcdef"',
    );
  });

  test('sends back opaque as it came', () => {
    const use = { count: 1, cnonce };
    expect(answer({ challenge: offer('MD5'), key: example, uri: page, use })).toContain(
      `opaque="${opaque}"`,
    );
  });

  test('without qop holds neither count nor client nonce, and no algorithm that was not stated', () => {
    const use = { count: 1, cnonce };
    const challenge = `Digest ${testRealm}`;
    const answered = answer({ challenge, key: example, uri: page, use });
    expect(answered).not.toMatch(/qop|nc=|cnonce|algorithm/);
  });

  test.each([
    [1, '00000001'],
    [9, '00000009'],
    [10, '0000000a'],
    [16, '00000010'],
    [1_000, '000003e8'],
    [0xdead_beef, 'deadbeef'],
  ])('writes count %i as %s', (count, written) => {
    expect(answer({ ...atlas, use: { count, cnonce } })).toContain(`, nc=${written}, `);
  });

  test('escapes quotes and backslashes of the key and of what the server sent', () => {
    const challenge = String.raw`Digest realm="a \"b\" \\c", nonce="n", qop="auth"`;
    const key = { user: String.raw`us"er\one`, password: 'p' };
    const answered = answer({ challenge, key, uri: '/', use: { count: 1, cnonce } });
    expect(answered).toContain(String.raw`username="us\"er\\one", realm="a \"b\" \\c"`);
  });
});

describe('a challenge that cannot be answered', () => {
  test.each([
    ['MD5-sess', `Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"`],
    ['SHA-256-sess', `Digest realm="r", nonce="n", algorithm=SHA-256-sess, qop="auth"`],
    ['an unknown algorithm', `Digest realm="r", nonce="n", algorithm=SHA-512-256, qop="auth"`],
    ['auth-int alone', `Digest realm="r", nonce="n", qop="auth-int"`],
    ['an empty qop', `Digest realm="r", nonce="n", qop=""`],
    ['no nonce', `Digest realm="r", qop="auth"`],
    ['no realm', `Digest nonce="n", qop="auth"`],
    ['Basic', `Basic realm="r"`],
    ['Bearer', `Bearer realm="r", nonce="n"`],
    ['nothing', ''],
  ])('is one with %s', (_, header) => {
    expect(answerable(challenges([header]))).toBeUndefined();
  });
});

describe('of several challenges', () => {
  const md5 = 'Digest realm="r", nonce="five", algorithm=MD5, qop="auth"';
  const sha = 'Digest realm="r", nonce="two", algorithm=SHA-256, qop="auth"';

  test.each([
    ['in one header', [`${md5}, ${sha}`]],
    ['in two headers', [md5, sha]],
    ['with the strongest first', [sha, md5]],
    ['with one that cannot be answered', [sha.replace('256', '256-sess'), md5, sha]],
  ])('the strongest is answered: %s', (_, headers) => {
    expect(answerable(challenges(headers))).toMatchObject({ algorithm: 'SHA-256', nonce: 'two' });
  });

  test('Basic is never the one', () => {
    expect(answerable(challenges(['Basic realm="r"', md5]))?.nonce).toBe('five');
  });
});
