import { describe, expect, test } from 'vitest';
import { counts, good, read, session, statuses } from './digest-client.ts';
import { failureOf } from './wire.ts';

describe('a key', () => {
  test('that is wrong costs two requests', async () => {
    const it = await session({}, async () => ({ ...good, password: 'wrong' }));
    expect((await it.client.get()).status).toBe(401);
    expect(it.simulator.requestLog.total).toBe(2);
  });

  test('that is wrong costs two requests with twenty waiting callers as well', async () => {
    const it = await session({}, async () => ({ ...good, password: 'wrong' }));
    expect(await statuses(it, 20, { concurrency: 20 })).toEqual({ 401: 20 });
    expect(it.simulator.requestLog.total).toBe(2);
  });

  test('that is revoked is refused, and works again when it is restored', async () => {
    const it = await session();
    const keys = it.simulator.credentials.apiKeys;
    expect(await statuses(it, 20)).toEqual({ 200: 20 });
    it.simulator.credentials.apiKeys = [];
    it.simulator.requestLog.reset();
    expect(await statuses(it, 10, { concurrency: 10 })).toEqual({ 401: 10 });
    expect(it.simulator.requestLog.total).toBeLessThanOrEqual(20);
    it.simulator.credentials.apiKeys = keys;
    expect(await statuses(it, 20)).toEqual({ 200: 20 });
  });

  test('that is rotated is read anew as soon as the old one is refused', async () => {
    let key = good;
    const it = await session({}, async () => key);
    expect((await it.client.get()).status).toBe(200);
    key = { user: 'new', password: 'secret' };
    it.simulator.credentials.apiKeys = [{ publicKey: 'new', privateKey: 'secret' }];
    expect((await it.client.get()).status).toBe(200);
  });

  test.each([
    ['quotes and backslashes', String.raw`a"quoted\one`, String.raw`pass"word\\`],
    ['letters beyond ASCII', 'ümläut-ключ-😀', 'schlüssel-ключ-😀'],
    ['commas, equals signs and spaces', 'a, b="c"', ' , nc=00000001 '],
    ['colons in the private key', 'abcdwxyz', 'a:b:c:'],
  ])('may have %s', async (_, user, password) => {
    const apiKeys = [{ publicKey: user, privateKey: password }];
    const it = await session({ apiKeys }, async () => ({ user, password }));
    expect((await it.client.get()).status).toBe(200);
  });

  test('that cannot be read fails every caller, and holds up none that come after', async () => {
    let trouble: Error | undefined = new Error('no such file');
    const it = await session({}, async () => {
      if (trouble !== undefined) throw trouble;
      return good;
    });
    const all = Array.from({ length: 5 }, () => it.client.get());
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(
      Array(5).fill('rejected'),
    );
    trouble = undefined;
    expect((await it.client.get()).status).toBe(200);
  });
});

describe('the secret', () => {
  const offering = (challenge: string | readonly string[]) => ({
    status: 401,
    headers: { 'WWW-Authenticate': challenge },
  });

  test.each([
    ['Basic', 'Basic realm="MMS Public API"'],
    ['Bearer', 'Bearer realm="MMS Public API"'],
    ['MD5-sess', 'Digest realm="MMS Public API", nonce="n", algorithm=MD5-sess, qop="auth"'],
    ['auth-int', 'Digest realm="MMS Public API", nonce="n", algorithm=MD5, qop="auth-int"'],
    ['a broken challenge', 'Digest realm="MMS'],
  ])('is not sent in any form to a server that offers only %s', async (_, challenge) => {
    const it = await session();
    it.simulator.intercept(() => offering(challenge));
    const response = await it.client.get();
    expect(await failureOf(read(response))).toMatchObject({ reason: 'auth' });
    expect(it.sent).toEqual(['']);
  });

  test('is not sent either when Basic is offered after digest has worked', async () => {
    const it = await session();
    await it.client.get();
    it.simulator.intercept(() => offering('Basic realm="MMS Public API"'));
    expect((await it.client.get()).status).toBe(401);
    expect(it.sent.filter((value) => value !== '').every((it) => it.startsWith('Digest '))).toBe(
      true,
    );
    expect(it.sent.join()).not.toContain('simulator-key');
  });

  test('is proved with digest where Basic is offered beside it', async () => {
    const it = await session();
    const challenge = 'Digest realm="MMS Public API", nonce="n", algorithm=MD5, qop="auth"';
    it.simulator.intercept(() => offering(['Basic realm="x"', challenge]));
    await it.client.get();
    expect(it.sent.at(-1)).toMatch(/^Digest username="simulator"/);
  });
});

test('SHA-256 is answered, as the Government cloud asks for it', async () => {
  const it = await session({ digestAlgorithm: 'SHA-256' });
  expect(await statuses(it, 20)).toEqual({ 200: 20 });
  expect(it.sent.at(-1)).toContain('algorithm=SHA-256');
});

test('a 401 about a missing role is not a dead key: the nonce goes on serving', async () => {
  const it = await session();
  await it.client.get();
  it.simulator.intercept(({ authorised, path }) =>
    authorised && path.includes('forbidden')
      ? {
          status: 401,
          headers: { 'Content-Type': 'application/json' },
          body: '{"error":401,"errorCode":"USER_CANNOT_ACCESS_GROUP"}',
        }
      : undefined,
  );
  const refused = await it.client.get('/api/atlas/v2/groups/forbidden');
  expect(await failureOf(read(refused))).toMatchObject({
    reason: 'forbidden',
    code: 'USER_CANNOT_ACCESS_GROUP',
  });
  expect((await it.client.get()).status).toBe(200);
  expect(counts(it.sent)).toEqual([1, 2, 3]);
  expect(it.simulator.requestLog.unauthorised).toBe(2);
});

test('a first request that is refused for a role opens the session all the same', async () => {
  const it = await session();
  it.simulator.intercept(({ authorised }) =>
    authorised
      ? { status: 401, headers: { 'X-Error-Code': 'USER_CANNOT_ACCESS_GROUP' }, body: '' }
      : undefined,
  );
  await it.client.get();
  await it.client.get();
  expect(counts(it.sent)).toEqual([1, 2]);
});
