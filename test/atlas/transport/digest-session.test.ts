import { describe, expect, test } from 'vitest';
import { header } from '../../../src/atlas/transport/message.ts';
import { retrying } from '../../../src/atlas/transport/retry.ts';
import { start } from '../../simulator/client.ts';
import { counts, field, read, session, statuses } from './digest-client.ts';
import { failureOf, groups } from './wire.ts';

describe('one nonce', () => {
  test('serves many requests, each with the next count and a client nonce of its own', async () => {
    const it = await session();
    for (let n = 0; n < 20; n += 1) await it.client.get();
    expect(it.simulator.requestLog.unauthorised).toBe(1);
    expect(counts(it.sent)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(new Set(it.sent.map((value) => field(value, 'nonce'))).size).toBe(2);
    expect(new Set(it.sent.map((value) => field(value, 'cnonce'))).size).toBe(21);
    expect(field(it.sent[16] ?? '', 'nc')).toBe('00000010');
  });

  test('serves the callers that come while it is being fetched', async () => {
    const it = await session();
    expect(await statuses(it, 50, { concurrency: 50 })).toEqual({ 200: 50 });
    expect(it.simulator.requestLog.unauthorised).toBe(1);
    expect(counts(it.sent).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
  });

  test('that lives as Atlas lets it costs one 401 and no refused request, however often it ends', async () => {
    const it = await session({ nonceLifeSeconds: 60 });
    expect(await statuses(it, 300, { betweenMs: 10_000 })).toEqual({ 200: 300 });
    const nonces = new Set(it.sent.map((value) => field(value, 'nonce')).filter(Boolean)).size;
    expect(nonces).toBeGreaterThan(5);
    expect(it.simulator.requestLog.unauthorised).toBe(nonces);
  });

  test('that ends sooner than expected is replaced before anybody notices, once that is learnt', async () => {
    const it = await session({ nonceLifeSeconds: 10 });
    expect(await statuses(it, 60, { concurrency: 1, betweenMs: 1_000 })).toEqual({ 200: 60 });
    const before = it.simulator.requestLog.unauthorised;
    const sentBefore = it.sent.length;
    expect(await statuses(it, 300, { concurrency: 10, betweenMs: 1_000 })).toEqual({ 200: 300 });
    const nonces = new Set(
      it.sent
        .slice(sentBefore)
        .map((value) => field(value, 'nonce'))
        .filter(Boolean),
    );
    expect(nonces.size).toBeGreaterThan(3);
    expect(it.simulator.requestLog.unauthorised - before).toBeLessThanOrEqual(nonces.size);
  });

  test('that was forgotten early once is trusted with its usual life again, an hour later', async () => {
    let now = () => start;
    const it = await session({ realClock: () => now() });
    const noncesOf = async (requests: number) => {
      const before = it.simulator.requestLog.unauthorised;
      expect(await statuses(it, requests, { concurrency: 1, betweenMs: 10_000 })).toEqual({
        200: requests,
      });
      return it.simulator.requestLog.unauthorised - before;
    };
    let leap = 0;
    now = () => it.time.now() / 1000 + leap;
    await it.client.get();
    await it.time.advance(5_000);
    leap = 61;
    await it.client.get();
    // Taken to live for four seconds, no nonce serves two requests that are ten seconds apart.
    expect(await noncesOf(30)).toBeGreaterThanOrEqual(29);
    await it.time.advance(3_600_000);
    expect(await noncesOf(30)).toBeLessThan(10);
  });

  test('is replaced before its thousandth use', async () => {
    const it = await session({ nonceUses: 1024 });
    expect(await statuses(it, 2_100)).toEqual({ 200: 2_100 });
    expect(Math.max(...counts(it.sent))).toBeLessThanOrEqual(1_000);
    expect(it.simulator.requestLog.unauthorised).toBe(3);
  });

  test('that takes fewer uses than Jetty lets it is replaced when the server says so', async () => {
    const it = await session({ nonceUses: 40 });
    expect(await statuses(it, 300)).toEqual({ 200: 300 });
    expect(Math.max(...counts(it.sent))).toBeLessThanOrEqual(50);
  });

  test('that a restarted server has forgotten is replaced in silence', async () => {
    let leap = 0;
    const it = await session({ realClock: () => start + leap });
    expect(await statuses(it, 20)).toEqual({ 200: 20 });
    leap = 3_600;
    expect(await statuses(it, 100)).toEqual({ 200: 100 });
    // Those ten that were under way, and no more.
    expect(it.simulator.requestLog.unauthorised).toBeLessThanOrEqual(1 + 10);
  });

  test('that is stale is replaced with the one offered beside it: one request more, not two', async () => {
    let leap = 0;
    const it = await session({ realClock: () => start + leap });
    await it.client.get();
    leap = 61;
    it.simulator.requestLog.reset();
    expect((await it.client.get()).status).toBe(200);
    expect(it.simulator.requestLog.entries.map(({ status }) => status)).toEqual([401, 200]);
    expect(counts(it.sent)).toEqual([1, 2, 1]);
  });
});

describe('a server that says stale for ever', () => {
  const staleForEver = {
    status: 401,
    headers: {
      'Content-Type': 'application/json',
      'WWW-Authenticate':
        'Digest realm="MMS Public API", nonce="again", algorithm=MD5, qop="auth", stale=true',
    },
    body: '{"error":401}',
  };

  test('is asked three times, and the answer is that the key is refused', async () => {
    const it = await session();
    it.simulator.intercept(() => staleForEver);
    const response = await it.client.get();
    expect(await failureOf(read(response))).toMatchObject({ reason: 'auth', status: 401 });
    expect(it.simulator.requestLog.total).toBe(3);
  });

  test('is asked three times too when it began well', async () => {
    const it = await session();
    await it.client.get();
    it.simulator.requestLog.reset();
    it.simulator.intercept(() => staleForEver);
    expect((await it.client.get()).status).toBe(401);
    expect(it.simulator.requestLog.total).toBe(3);
  });

  test('costs ten callers at once no more than three requests each', async () => {
    const it = await session();
    await it.client.get();
    it.simulator.requestLog.reset();
    it.simulator.intercept(() => staleForEver);
    expect(await statuses(it, 10, { concurrency: 10 })).toEqual({ 401: 10 });
    expect(it.simulator.requestLog.total).toBeLessThanOrEqual(30);
  });
});

test('a retry is signed anew and replays no count', async () => {
  const it = await session({}, undefined, (time) => [
    retrying({ retried: () => undefined, throttled: () => undefined }, time.timing),
  ]);
  await it.client.get();
  let failures = 2;
  it.simulator.intercept(({ authorised }) => {
    if (!authorised || failures === 0) return undefined;
    failures -= 1;
    return { status: 503, headers: { 'Retry-After': '1' } };
  });
  const pending = it.client.get();
  const ended = pending.then(({ status }) => status);
  while ((await Promise.race([ended, it.time.advance(1_000).then(() => undefined)])) === undefined);
  expect(await ended).toBe(200);
  expect(counts(it.sent)).toEqual([1, 2, 3, 4]);
});

test('a server that needs no credentials gets none', async () => {
  const it = await session();
  it.simulator.intercept(() => ({ status: 200, headers: { 'Content-Type': 'application/json' } }));
  expect((await it.client.get()).status).toBe(200);
  expect(it.sent).toEqual(['']);
});

test('an outage while the nonce is fetched fails its caller, and the next tries again', async () => {
  const it = await session();
  it.simulator.intercept(() => 'destroy');
  expect(await failureOf(it.client.get())).toMatchObject({ reason: 'network' });
  it.simulator.intercept(undefined);
  expect(header(await it.client.get(), 'content-type')).toContain('json');
});

test('the target that is signed is the one that is sent, query included', async () => {
  const it = await session();
  expect((await it.client.get(groups)).status).toBe(200);
  expect(field(it.sent[1] ?? '', 'uri')).toBe(groups);
});
