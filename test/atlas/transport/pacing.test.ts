import { describe, expect, test } from 'vitest';
import type { AtlasRequest, AtlasResponse } from '../../../src/atlas/transport/message.ts';
import { paced } from '../../../src/atlas/transport/pacing.ts';
import { standingTime } from './virtual-time.ts';
import { failureOf, never, requestFor } from './wire.ts';

/** Two tokens a second, of which one is ours; ours are twenty at most. */
const bucket = { key: 'a', capacity: 40, refillPerMinute: 120 };
const ok: AtlasResponse = { status: 200, headers: {}, body: '' };

function pacing(answer: (nth: number) => Partial<AtlasResponse> = () => ok, chance = 0) {
  const time = standingTime(chance);
  const startedAt = time.now();
  /** Seconds after the start at which each request went out. */
  const sentAt: number[] = [];
  const throttled: number[] = [];
  const send = paced(
    { throttled: (seconds) => throttled.push(seconds) },
    time.timing,
  )(async () => {
    sentAt.push((time.now() - startedAt) / 1000);
    return { ...ok, ...answer(sentAt.length) };
  });
  const ask = (change: Partial<AtlasRequest> = {}, signal = never) =>
    send(requestFor('/', { bucket, ...change }), signal);
  const askTimes = (count: number, change: Partial<AtlasRequest> = {}) =>
    Promise.all(Array.from({ length: count }, () => ask(change)));
  return { time, sentAt, throttled, ask, askTimes };
}

const limits = (limit: string, remaining: string) => ({
  headers: { 'ratelimit-limit': limit, 'ratelimit-remaining': remaining },
});

describe('a rate-limit bucket', () => {
  test('is used up to half at once', async () => {
    const { askTimes, sentAt, throttled } = pacing();
    await askTimes(20);
    expect(sentAt).toEqual(Array(20).fill(0));
    expect(throttled).toEqual([]);
  });

  test('is drawn from at half its refill after that', async () => {
    const { askTimes, sentAt, time, throttled } = pacing();
    const pending = askTimes(25);
    await time.advance(10_000);
    await pending;
    expect(sentAt.slice(20)).toEqual([1, 2, 3, 4, 5]);
    expect(throttled).toEqual([1, 2, 3, 4, 5]);
  });

  test('is never more than half used, over any minute of a long day', async () => {
    const { ask, sentAt, time } = pacing();
    const all: Promise<unknown>[] = [];
    for (let n = 0; n < 600; n += 1) {
      all.push(ask());
      await time.advance(n % 100 === 0 ? 60_000 : 100);
    }
    await time.advance(600_000);
    await Promise.all(all);
    for (const from of sentAt) {
      const inMinute = sentAt.filter((at) => at >= from && at < from + 60).length;
      expect(inMinute).toBeLessThanOrEqual(20 + 60);
    }
  });

  test('fills up again while nobody asks, and not beyond half', async () => {
    const { askTimes, sentAt, time } = pacing();
    await askTimes(20);
    await time.advance(3_600_000);
    const pending = askTimes(21);
    await time.advance(0);
    expect(sentAt).toHaveLength(40);
    await time.advance(1_000);
    await pending;
  });

  test('gets back the turns of requests that are cut short before they are sent', async () => {
    const { ask, askTimes, sentAt, time } = pacing();
    await askTimes(20);
    const cut = new AbortController();
    const waiting = Array.from({ length: 10 }, () => failureOf(ask({}, cut.signal)));
    await time.advance(0);
    cut.abort();
    const late = Array.from({ length: 1_000 }, () => failureOf(ask({}, cut.signal)));
    const failures = await Promise.all([...waiting, ...late]);
    expect(new Set(failures.map(({ reason }) => reason))).toEqual(new Set(['timeout']));
    const pending = ask();
    await time.advance(1_000);
    expect(sentAt).toHaveLength(21);
    await pending;
  });

  test('does not hold up another', async () => {
    const { ask, askTimes, sentAt, time } = pacing();
    const pending = askTimes(25);
    await time.advance(0);
    await ask({ bucket: { ...bucket, key: 'b' } });
    expect(sentAt).toHaveLength(21);
    await time.advance(10_000);
    await pending;
  });

  test('that others use as well is drawn from more slowly', async () => {
    const { ask, askTimes, sentAt, time } = pacing(() => limits('40', '25'));
    await ask();
    // 25 are left, 20 of them for others.
    const pending = askTimes(7);
    await time.advance(0);
    expect(sentAt).toHaveLength(6);
    await time.advance(60_000);
    await pending;
  });

  test('that others have emptied is left alone', async () => {
    const { ask, sentAt, time } = pacing(() => limits('40', '3'));
    await ask();
    const pending = ask();
    await time.advance(999);
    expect(sentAt).toHaveLength(1);
    await time.advance(1);
    await pending;
  });

  test('that is larger than documented is used as such', async () => {
    const { ask, askTimes, sentAt, time } = pacing(() => limits('400', '399'));
    await ask();
    await time.advance(3_600_000);
    await askTimes(100);
    expect(sentAt).toHaveLength(101);
  });

  test.each([
    ['no number', 'many', 'few'],
    ['a negative one', '40', '-5'],
    ['a fraction', '40', '1.5'],
    ['a capacity of nothing', '0', '0'],
    ['only one of the two', '40', ''],
  ])('keeps to the documented limits where the headers hold %s', async (_, limit, remaining) => {
    const { askTimes, sentAt } = pacing(() => limits(limit, remaining));
    await askTimes(10);
    await askTimes(10);
    expect(sentAt).toEqual(Array(20).fill(0));
  });
});

describe('after a 429', () => {
  const slowDown = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } });

  test('nobody draws from that bucket until Retry-After is over', async () => {
    const { ask, askTimes, sentAt, time } = pacing((nth) => (nth === 1 ? slowDown('7') : {}));
    expect((await ask()).status).toBe(429);
    const pending = askTimes(3);
    await time.advance(6_999);
    expect(sentAt).toEqual([0]);
    await time.advance(1);
    await pending;
    expect(sentAt).toEqual([0, 7, 7, 7]);
  });

  test('exporters that were told so together come back apart, up to a fifth later', async () => {
    const cameBack = async (chance: number) => {
      const { ask, sentAt, time } = pacing((nth) => (nth === 1 ? slowDown('10') : {}), chance);
      await ask();
      const pending = ask();
      await time.advance(12_000);
      await pending;
      return sentAt[1];
    };
    expect(await Promise.all([0, 0.25, 0.5, 1].map(cameBack))).toEqual([10, 10.5, 11, 12]);
  });

  test('without Retry-After nobody does for ten seconds', async () => {
    const { ask, sentAt, time } = pacing((nth) => (nth === 1 ? { status: 429 } : {}));
    await ask();
    const pending = ask();
    await time.advance(10_000);
    await pending;
    expect(sentAt).toEqual([0, 10]);
  });

  test('other buckets go on', async () => {
    const { ask, sentAt } = pacing((nth) => (nth === 1 ? slowDown('7') : {}));
    await ask();
    await ask({ bucket: { ...bucket, key: 'b' } });
    expect(sentAt).toEqual([0, 0]);
  });

  test('those who were waiting for their turn wait longer', async () => {
    const { ask, askTimes, sentAt, time } = pacing((nth) => (nth === 21 ? slowDown('30') : {}));
    await askTimes(20);
    const pending = [ask(), ask(), ask()];
    await time.advance(1_000);
    expect(sentAt).toHaveLength(21);
    await time.advance(29_000);
    expect(sentAt).toHaveLength(21);
    await time.advance(2_000);
    await Promise.all(pending);
    expect(sentAt.slice(20)).toEqual([1, 31, 31]);
  });

  test('a shorter wait that is told later does not shorten it', async () => {
    const answers: Promise<AtlasResponse>[] = [];
    const { ask, sentAt, time } = pacing((nth) => slowDown(nth === 1 ? '60' : '2'));
    answers.push(ask(), ask());
    await time.advance(0);
    const pending = ask();
    await time.advance(59_999);
    expect(sentAt).toEqual([0, 0]);
    await time.advance(1);
    await pending;
    await Promise.all(answers);
  });

  test('a 503 with Retry-After is obeyed alike, and one without it is not', async () => {
    const { ask, sentAt, time } = pacing((nth) =>
      nth === 1 ? { ...slowDown('7'), status: 503 } : nth === 2 ? { status: 503 } : {},
    );
    await ask();
    const pending = ask();
    await time.advance(7_000);
    await pending;
    await ask();
    expect(sentAt).toEqual([0, 7, 7]);
  });
});

describe('a caller who gives up before its turn', () => {
  test('is told at once, and takes no turn', async () => {
    const { ask, askTimes, sentAt, time } = pacing();
    await askTimes(20);
    expect(await failureOf(ask({ deadlineMs: time.now() + 999 }))).toMatchObject({
      reason: 'rate_limited',
      endpoint: 'projects',
    });
    const pending = ask({ deadlineMs: time.now() + 1_000 });
    await time.advance(1_000);
    await pending;
    expect(sentAt.at(-1)).toBe(1);
  });

  test('is told as much when Retry-After is longer than that', async () => {
    const { ask, sentAt, time } = pacing(() => ({
      status: 429,
      headers: { 'retry-after': '600' },
    }));
    await ask();
    expect(await failureOf(ask({ deadlineMs: time.now() + 60_000 }))).toMatchObject({
      reason: 'rate_limited',
    });
    expect(sentAt).toEqual([0]);
  });

  test('is told as much when the wait grows longer while it waits', async () => {
    const { ask, askTimes, sentAt, time } = pacing((nth) =>
      nth === 21 ? { status: 429, headers: { 'retry-after': '600' } } : {},
    );
    await askTimes(20);
    const deadlineMs = time.now() + 60_000;
    const first = ask({ deadlineMs });
    const second = failureOf(ask({ deadlineMs }));
    await time.advance(2_000);
    expect((await first).status).toBe(429);
    expect(await second).toMatchObject({ reason: 'rate_limited' });
    expect(sentAt).toHaveLength(21);
  });
});

test('a poll that is stopped ends the waiting', async () => {
  const { ask, askTimes, sentAt, time } = pacing();
  await askTimes(20);
  const stopping = new AbortController();
  const pending = failureOf(ask({}, stopping.signal));
  await time.advance(100);
  stopping.abort();
  expect(await pending).toMatchObject({ reason: 'timeout', code: 'stopped' });
  expect(sentAt).toHaveLength(20);
});
