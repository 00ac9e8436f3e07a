import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RawResponse } from '../../../src/simulator/interception.ts';
import { failures, good, session, times, tokenPath } from './oauth-client.ts';

describe('a token', () => {
  test('is fetched once for fifty requests that wait for it', async () => {
    const it = await session();
    expect(await times(50, it)).toEqual(Array(50).fill(200));
    expect(it.tokens()).toEqual([200]);
  });

  test('that has ended is fetched once for fifty requests too', async () => {
    const it = await session();
    await times(1, it);
    await it.time.advance(3_600_000);
    await times(50, it);
    expect(it.tokens()).toEqual([200, 200]);
    expect(it.reads().filter((status) => status !== 200)).toEqual([]);
  });

  test('is renewed before it ends, so that none is ever refused', async () => {
    const it = await session({ tokenLifeSeconds: 3_600 });
    for (let minute = 0; minute < 240; minute += 1) {
      await times(1, it);
      await it.time.advance(60_000);
    }
    expect(it.reads().every((status) => status === 200)).toBe(true);
    expect(it.tokens().length).toBeGreaterThan(4);
    expect(it.tokens().length).toBeLessThan(7);
  });

  test('that Atlas refuses is fetched anew once, and the one request repeated', async () => {
    const it = await session({ tokenLifeSeconds: 1 });
    await times(1, it);
    await it.time.advance(2_000);
    expect(await times(1, it)).toEqual([200]);
    expect(it.tokens()).toEqual([200, 200]);
    expect(it.reads()).toEqual([200, 401, 200]);
  });

  test('that Atlas refuses twenty callers at once is fetched anew once', async () => {
    const it = await session({ tokenLifeSeconds: 1 });
    await times(1, it);
    await it.time.advance(2_000);
    expect(await times(20, it)).toEqual(Array(20).fill(200));
    expect(it.tokens()).toEqual([200, 200]);
  });

  test('that is refused though fresh is a refusal of the account, not a loop', async () => {
    const it = await session();
    it.simulator.intercept(({ path }) =>
      path === tokenPath ? undefined : { status: 401, body: '' },
    );
    expect(await failures(1, it)).toEqual(['projects auth']);
    expect(it.tokens()).toEqual([200, 200]);
    expect(it.reads()).toEqual([401, 401]);
  });

  test('is kept when a role is missing or the address is not allowed', async () => {
    const it = await session();
    it.simulator.intercept(({ path }) =>
      path === tokenPath
        ? undefined
        : { status: 401, headers: { 'X-Error-Code': 'USER_CANNOT_ACCESS_GROUP' } },
    );
    expect(await failures(3, it)).toEqual(['projects forbidden']);
    it.simulator.intercept(({ path }) =>
      path === tokenPath
        ? undefined
        : { status: 403, headers: { 'X-Error-Code': 'IP_ADDRESS_NOT_ON_ACCESS_LIST' } },
    );
    expect(await failures(3, it)).toEqual(['projects ip_not_allowed']);
    expect(it.tokens()).toEqual([200]);
  });
});

describe('a jump of the wall clock', () => {
  const day = 86_400_000;
  /** A session with a token, once the wall clock has jumped. */
  async function jumped(byMs: number) {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const it = await session();
    await times(1, it);
    vi.setSystemTime(Date.now() + byMs);
    return it;
  }

  test.each([
    ['a day ahead', day],
    ['a day back', -day],
    ['to 1970', -Date.now()],
  ])('%s neither ends a token nor lengthens its life', async (_, byMs) => {
    const it = await jumped(byMs);
    expect(await times(5, it)).toEqual(Array(5).fill(200));
    expect(it.tokens()).toEqual([200]);
    await it.time.advance(3_599_000);
    await times(1, it);
    expect(it.tokens()).toEqual([200, 200]);
    expect(it.reads()).toEqual(Array(7).fill(200));
  });

  test.each([day, -day])(
    'by %i ms does not change how long a refused secret is left alone',
    async (byMs) => {
      const it = await jumped(byMs);
      await it.time.advance(3_600_000);
      it.tokenAnswer(() => ({ status: 401, body: '{"error":"invalid_client"}' }));
      await failures(1, it);
      vi.setSystemTime(Date.now() - 2 * byMs);
      await it.time.advance(59_000);
      await failures(5, it);
      expect(it.tokens()).toEqual([200, 401]);
      await it.time.advance(1_000);
      await failures(5, it);
      expect(it.tokens()).toEqual([200, 401, 401]);
    },
  );
});

describe('a secret that is refused', () => {
  test('costs one token request a minute, however many wait', async () => {
    const it = await session({}, async () => ({ ...good, clientSecret: 'wrong' }));
    expect(await failures(20, it)).toEqual(['oauth_token auth']);
    for (let second = 0; second < 59; second += 1) {
      await failures(5, it);
      await it.time.advance(1_000);
    }
    expect(it.tokens()).toEqual([401]);
    await it.time.advance(1_000);
    await failures(5, it);
    expect(it.tokens()).toEqual([401, 401]);
    expect(it.reads()).toEqual([]);
  });

  test('is read anew before the next try', async () => {
    let account = { ...good, clientSecret: 'old' };
    const it = await session({}, async () => account);
    await failures(1, it);
    account = good;
    await it.time.advance(60_000);
    expect(await times(1, it)).toEqual([200]);
  });

  test('is told by its code where the status is a 400', async () => {
    const it = await session();
    it.tokenAnswer(() => ({
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: '{"error":"invalid_client"}',
    }));
    expect(await failures(5, it)).toEqual(['oauth_token auth']);
    expect(it.tokens()).toEqual([400]);
  });
});

test('too many live tokens stop the minting for a minute', async () => {
  const it = await session({ maxLiveTokens: 0 });
  expect(await failures(20, it)).toEqual(['oauth_token forbidden']);
  expect(it.tokens()).toEqual([403]);
});

test('a rate limit of the token endpoint is obeyed', async () => {
  const it = await session();
  it.tokenAnswer(() => ({ status: 429, headers: { 'Retry-After': '30' } }));
  expect(await failures(20, it)).toEqual(['oauth_token rate_limited']);
  await it.time.advance(29_000);
  expect(await failures(20, it)).toEqual(['oauth_token rate_limited']);
  expect(it.tokens()).toEqual([429]);
});

describe('while the token still works', () => {
  test.each<[string, RawResponse]>([
    ['is down', { status: 503 }],
    ['says slow down', { status: 429, headers: { 'Retry-After': '30' } }],
    ['refuses the secret', { status: 401, body: '{"error":"invalid_client"}' }],
    ['answers nonsense', { status: 200, body: '<html>' }],
  ])('the poll goes on though the token endpoint %s', async (_, canned) => {
    const it = await session();
    await times(1, it);
    it.tokenAnswer(() => canned);
    await it.time.advance(3_000_000);
    expect(await times(50, it)).toEqual(Array(50).fill(200));
    expect(await times(5, it)).toEqual(Array(5).fill(200));
    expect(it.tokens()).toEqual([200, canned.status]);
    it.tokenAnswer(undefined);
    await it.time.advance(61_000);
    expect(await times(1, it)).toEqual([200]);
    expect(it.tokens()).toEqual([200, canned.status, 200]);
  });

  test('a lost connection to the token endpoint is no failure either', async () => {
    const it = await session();
    await times(1, it);
    it.simulator.intercept(({ path }) => (path === tokenPath ? 'destroy' : undefined));
    await it.time.advance(3_000_000);
    expect(await times(5, it)).toEqual(Array(5).fill(200));
  });
});
