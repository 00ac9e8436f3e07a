import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  type DigestInput,
  digestParameters,
  digestResponse,
} from '../../../src/simulator/access/digest.ts';
import { demoWorld } from '../../../src/simulator/world/demo-world.ts';
import {
  type Answer,
  authorization,
  get,
  key,
  newest,
  plainGet,
  simulated,
  standingClock,
  start,
} from '../client.ts';

const world = demoWorld('digest', start);
const groups = '/api/atlas/v2/groups?pageNum=1&itemsPerPage=500';

const mufasa: DigestInput = {
  username: 'Mufasa',
  realm: 'http-auth@example.org',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  nc: '00000001',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};

describe('the digest calculation', () => {
  test.each([
    ['RFC 7616 section 3.9.1, MD5', 'MD5', {}, '8ca523f5e9506fed4657c9700eebdbec'],
    [
      'RFC 7616 section 3.9.1, SHA-256',
      'SHA-256',
      {},
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    ],
    ['the second use of a nonce', 'MD5', { nc: '00000002' }, '4b5d595ecf2db9df612ea5b45cd97101'],
    ['the tenth use of a nonce', 'MD5', { nc: '0000000a' }, 'c6c7fe4805f94693cf246790d3b2afe2'],
    [
      'RFC 2617 section 3.5',
      'MD5',
      {
        realm: 'testrealm@host.com',
        password: 'Circle Of Life',
        nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
        cnonce: '0a4f113b',
      },
      '6629fae49393a05397450978507c4ef1',
    ],
    [
      'a request as Atlas sees it',
      'MD5',
      {
        username: 'abcdwxyz',
        realm: 'MMS Public API',
        password: '01234567-89ab-cdef-0123-456789abcdef',
        uri: groups,
        nonce: 'Nfx+VMFO0sY4tpgy1sHRakvvv0NN4S91',
        cnonce: '0123456789abcdef',
      },
      'e9d10a80857d3af8d7c682272f8d3b71',
    ],
  ] as const)('agrees with %s', (_, algorithm, change, response) => {
    expect(digestResponse(algorithm, { ...mufasa, ...change })).toBe(response);
  });
});

describe('the Authorization header', () => {
  test('is read with quoted strings, escapes, bare tokens and any spacing', () => {
    const header =
      'Digest username="a\\"b\\\\c, d=e",realm="MMS Public API" ,\tnc=00000001, qop=auth,NONCE="x+/=="';
    expect(Object.fromEntries(digestParameters(header))).toEqual({
      username: 'a"b\\c, d=e',
      realm: 'MMS Public API',
      nc: '00000001',
      qop: 'auth',
      nonce: 'x+/==',
    });
  });
});

function challengeOf(answer: Answer): string {
  return answer.headers.get('www-authenticate') ?? '';
}

describe('digest authentication', () => {
  test('challenges a request without credentials exactly as recorded', async () => {
    const { url } = await simulated(world);
    const answer = await plainGet(url + groups);
    expect(answer.status).toBe(401);
    expect(challengeOf(answer)).toMatch(
      /^Digest realm="MMS Public API", domain="", nonce="[A-Za-z0-9+/]{32}", algorithm=MD5, qop="auth", stale=false$/,
    );
    expect(answer.text).toBe(
      '{\n  "error" : 401,\n  "reason" : "Unauthorized",\n  "detail" : "You are not authorized for this resource."\n}',
    );
    expect(answer.headers.get('ratelimit-limit')).toBeNull();
  });

  test('takes each count of a nonce once, in any order', async () => {
    const { url } = await simulated(world);
    const challenge = challengeOf(await plainGet(url + groups));
    const use = async (count: number): Promise<Answer> =>
      plainGet(url + groups, { authorization: authorization(challenge, groups, key, count) });
    const seen = [];
    for (const count of [3, 1, 2, 3]) seen.push((await use(count)).status);
    expect(seen).toEqual([200, 200, 200, 401]);
    expect(challengeOf(await use(1))).toMatch(/stale=false$/);
  });

  test('says stale of a nonce that is too old, used up or unknown, and offers a new one', async () => {
    const time = standingClock();
    const { url } = await simulated(world, { realClock: time.clock, nonceUses: 2 });
    const challenge = challengeOf(await plainGet(url + groups));
    const use = (with_: string, count: number): Promise<Answer> =>
      plainGet(url + groups, { authorization: authorization(with_, groups, key, count) });
    time.set(start + 60);
    expect((await use(challenge, 2)).status).toBe(200);
    const usedUp = await use(challenge, 3);
    expect([usedUp.status, challengeOf(usedUp)]).toEqual([
      401,
      expect.stringMatching(/stale=true$/),
    ]);
    time.set(start + 61);
    const tooOld = await use(challenge, 1);
    expect(challengeOf(tooOld)).toMatch(/stale=true$/);
    const unknown = await use('Digest realm="MMS Public API", nonce="never", algorithm=MD5', 1);
    expect(challengeOf(unknown)).toMatch(/stale=true$/);
    expect((await use(challengeOf(tooOld), 1)).status).toBe(200);
  });

  test('refuses a wrong key, another target and another method, like a bad credential', async () => {
    const { url } = await simulated(world);
    const refused = async (header: (challenge: string) => string): Promise<void> => {
      const challenge = challengeOf(await plainGet(url + groups));
      const answer = await plainGet(url + groups, { authorization: header(challenge) });
      expect(answer.status).toBe(401);
      expect(challengeOf(answer)).toMatch(/stale=false$/);
      expect(answer.json.errorCode).toBe('UNEXPECTED_ERROR');
    };
    await refused((it) => authorization(it, groups, { ...key, password: 'simulator-kez' }));
    await refused((it) => authorization(it, groups, { ...key, user: 'nobody' }));
    await refused((it) => authorization(it, groups.replace('500', '501')));
    await refused((it) => authorization(it, groups, key, 1, 'POST'));
    await refused(() => 'Digest');
    await refused(() => 'Basic c2ltdWxhdG9yOnNpbXVsYXRvci1rZXk=');
  });

  test('can be done with SHA-256', async () => {
    const simulator = await simulated(world, { digestAlgorithm: 'SHA-256' });
    const answer = await plainGet(simulator.url + groups);
    expect(challengeOf(answer)).toContain('algorithm=SHA-256');
    expect((await get(simulator, '/groups')).status).toBe(200);
  });

  test('follows the keys as they are revoked and made', async () => {
    const simulator = await simulated(world);
    simulator.credentials.apiKeys = [];
    expect((await get(simulator, '/groups')).status).toBe(401);
    simulator.credentials.apiKeys = [{ publicKey: 'new', privateKey: 'secret' }];
    const answer = await get(simulator, '/groups', {}, { user: 'new', password: 'secret' });
    expect(answer.status).toBe(200);
  });
});

const curl = findCurl();
if (!curl) console.info('curl is not installed: the digest checks with it are skipped');

describe.skipIf(!curl)('curl as a digest client', () => {
  test.each([
    ['MD5', 'simulator', 'simulator-key'],
    ['SHA-256', 'simulator', 'simulator-key'],
    ['MD5', 'a"quoted\\one', 'pass"word\\'],
    ['MD5', 'ümläut', 'schlüssel'],
  ] as const)('is accepted with %s for %s', async (digestAlgorithm, publicKey, privateKey) => {
    const apiKeys = [{ publicKey, privateKey }];
    const { url } = await simulated(world, { digestAlgorithm, apiKeys });
    const { stdout } = await promisify(execFile)('curl', [
      '--silent',
      '--digest',
      ...['--user', `${publicKey}:${privateKey}`],
      ...['--header', `Accept: ${newest}`],
      ...['--write-out', '\n%{http_code}'],
      url + groups,
    ]);
    expect(stdout.split('\n').at(-1)).toBe('200');
  });
});

function findCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
