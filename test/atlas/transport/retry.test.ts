import { describe, expect, test } from 'vitest';
import { AtlasError } from '../../../src/atlas/transport/failure.ts';
import type { Send } from '../../../src/atlas/transport/http.ts';
import type { AtlasResponse, RetryClass } from '../../../src/atlas/transport/message.ts';
import { judge, retrying } from '../../../src/atlas/transport/retry.ts';
import { failureReasons } from '../../../src/domain/failure.ts';
import { standingTime } from './virtual-time.ts';
import { failureOf, never, requestFor } from './wire.ts';

const answer = (status: number, headers: AtlasResponse['headers'] = {}): AtlasResponse => ({
  status,
  headers,
  body: '',
});

describe('an answer', () => {
  const retry = (reason: string, afterMs: number) => ({ kind: 'retry', reason, afterMs });
  const accept = { kind: 'accept' };

  test.each<[string, AtlasResponse | AtlasError, number, unknown]>([
    ['200', answer(200), 1, accept],
    ['429', answer(429), 1, retry('rate_limited', 10_000)],
    ['429, again', answer(429), 2, retry('rate_limited', 20_000)],
    ['429 with Retry-After', answer(429, { 'retry-after': '7' }), 2, retry('rate_limited', 7_000)],
    ['500', answer(500), 1, retry('server', 1_000)],
    ['500, again', answer(500), 2, retry('server', 2_000)],
    ['502', answer(502), 1, retry('server', 1_000)],
    ['503', answer(503), 1, retry('server', 1_000)],
    ['503 with Retry-After', answer(503, { 'retry-after': '30' }), 1, retry('server', 30_000)],
    ['504', answer(504), 1, retry('server', 1_000)],
    ['no connection', new AtlasError('network', 'projects'), 1, retry('network', 0)],
    ['no connection, again', new AtlasError('network', 'projects'), 2, retry('network', 1_000)],
    ['no answer in time', new AtlasError('timeout', 'projects'), 1, retry('timeout', 0)],
  ])('%s is judged', (_, ended, attempt, verdict) => {
    expect(judge(ended, attempt, 0)).toEqual(verdict);
  });

  test.each([
    201, 204, 206, 301, 302, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 409, 410, 418, 451,
    501, 505, 600,
  ])('%i is final', (status) => {
    expect(judge(answer(status, { 'retry-after': '5' }), 1, 0)).toEqual(accept);
  });

  const transient = new Set(['network', 'timeout']);
  test.each(Object.keys(failureReasons).filter((reason) => !transient.has(reason)))(
    'that failed for the reason %s is final',
    (reason) => {
      const error = new AtlasError(reason as keyof typeof failureReasons, 'projects');
      expect(judge(error, 1, 0)).toEqual(accept);
    },
  );

  test('is accepted after the third try, whatever it is', () => {
    for (const status of [429, 500, 503]) expect(judge(answer(status), 3, 0)).toEqual(accept);
    expect(judge(new AtlasError('network', 'projects'), 3, 0)).toEqual(accept);
  });

  test('is waited for up to a fifth longer, by chance', () => {
    expect(judge(answer(429, { 'retry-after': '10' }), 1, 0.5)).toMatchObject({ afterMs: 11_000 });
    expect(judge(answer(500), 1, 0.999)).toMatchObject({ afterMs: expect.closeTo(1_199.8) });
  });
});

type Tries = {
  readonly send: Send;
  readonly time: ReturnType<typeof standingTime>;
  readonly told: string[];
  readonly tries: () => number;
};

/** The retry layer over answers that come one by one; the last one comes for ever. */
function trying(
  first: AtlasResponse | AtlasError,
  ...rest: readonly (AtlasResponse | AtlasError)[]
): Tries {
  const answers = [first, ...rest];
  const time = standingTime();
  const told: string[] = [];
  let tries = 0;
  const layer = retrying(
    {
      retried: (reason) => told.push(reason),
      throttled: (seconds) => told.push(`${seconds} s`),
    },
    time.timing,
  );
  const send = layer(async () => {
    const ended = answers[Math.min(tries, answers.length - 1)] ?? first;
    tries += 1;
    if (ended instanceof AtlasError) throw ended;
    return ended;
  });
  return { send, time, told, tries: () => tries };
}

describe('retrying', () => {
  test('waits, and gives the answer that came at last', async () => {
    const { send, time, told } = trying(answer(429, { 'retry-after': '7' }), answer(200));
    const pending = send(requestFor(), never);
    await time.advance(6_999);
    expect(told).toEqual(['rate_limited', '7 s']);
    await time.advance(1);
    expect((await pending).status).toBe(200);
  });

  test('ends after three tries, with the last answer', async () => {
    const { send, time, tries } = trying(answer(500), answer(502), answer(503), answer(200));
    const pending = send(requestFor(), never);
    await time.advance(60_000);
    expect((await pending).status).toBe(503);
    expect(tries()).toBe(3);
    expect(time.waits).toEqual([1_000, 2_000]);
  });

  test('ends after three tries, with the last error', async () => {
    const { send, time, tries } = trying(new AtlasError('network', 'projects'));
    const pending = failureOf(send(requestFor(), never));
    await time.advance(60_000);
    expect(await pending).toMatchObject({ reason: 'network' });
    expect(tries()).toBe(3);
    expect(time.waits).toEqual([0, 1_000]);
  });

  test('does not wait beyond the time at which the caller gives up', async () => {
    const { send, time, tries } = trying(answer(429, { 'retry-after': '7' }), answer(200));
    const deadlineMs = time.now() + 6_999;
    expect((await send(requestFor('/', { deadlineMs }), never)).status).toBe(429);
    expect(tries()).toBe(1);
    expect(time.waits).toEqual([]);
  });

  test('waits up to that very time', async () => {
    const { send, time } = trying(answer(429, { 'retry-after': '7' }), answer(200));
    const pending = send(requestFor('/', { deadlineMs: time.now() + 7_000 }), never);
    await time.advance(7_000);
    expect((await pending).status).toBe(200);
  });

  test('ends at once, with what there is, when the poll is stopped', async () => {
    const { send, time, tries } = trying(answer(429), answer(200));
    const stopping = new AbortController();
    const pending = send(requestFor(), stopping.signal);
    await time.advance(1_000);
    stopping.abort();
    expect((await pending).status).toBe(429);
    expect(tries()).toBe(1);
  });

  test('never begins once the poll is stopped', async () => {
    const { send, tries } = trying(new AtlasError('timeout', 'projects'));
    expect(await failureOf(send(requestFor(), AbortSignal.abort()))).toMatchObject({
      reason: 'timeout',
    });
    expect(tries()).toBe(1);
  });

  test('lets a fault of our own through', async () => {
    const { timing } = standingTime();
    const bug = new TypeError('a bug');
    const send = retrying(
      { retried: () => undefined, throttled: () => undefined },
      timing,
    )(async () => {
      throw bug;
    });
    await expect(send(requestFor(), never)).rejects.toBe(bug);
  });

  test.each(['normal', 'priority'] as const)(
    'stays a fraction of %s requests when all fail',
    async (retryClass) => {
      const { send, time, tries } = trying(answer(500));
      const requests = 500;
      for (let n = 0; n < requests; n += 1) {
        const pending = send(requestFor('/', { retryClass }), never);
        await time.advance(10_000);
        await pending;
      }
      expect(tries()).toBeGreaterThan(requests);
      expect(tries()).toBeLessThanOrEqual(1.5 * requests);
    },
  );

  test('is kept for what could not be read last time', async () => {
    const { send, time, tries } = trying(answer(500));
    const triesOf = async (retryClass: RetryClass) => {
      const before = tries();
      const pending = send(requestFor('/', { retryClass }), never);
      await time.advance(10_000);
      await pending;
      return tries() - before;
    };
    for (let n = 0; n < 100; n += 1) await triesOf('normal');
    // What the requests themselves have earned in the meantime may pay for one.
    expect(await triesOf('normal')).toBeLessThan(3);
    expect(await triesOf('priority')).toBe(3);
  });

  test('is what asking again in the same pass costs, and none is sent when none is left', async () => {
    const { send, time, tries } = trying(answer(500));
    const sent: number[] = [];
    for (let n = 0; n < 100; n += 1) {
      const before = tries();
      const pending = send(requestFor('/', { retryClass: 'lastResort' }), never).catch(
        (error) => error.code,
      );
      await time.advance(10_000);
      if ((await pending) === 'not again') expect(tries()).toBe(before);
      sent.push(tries() - before);
    }
    expect(sent[0]).toBe(3);
    expect(sent.slice(-50)).toEqual(Array(50).fill(0));
  });

  test('comes back in full when the failures end', async () => {
    const time = standingTime();
    let status = 500;
    let tries = 0;
    const send = retrying(
      { retried: () => undefined, throttled: () => undefined },
      time.timing,
    )(async () => {
      tries += 1;
      return answer(status);
    });
    const once = async () => {
      tries = 0;
      const pending = send(requestFor(), never);
      await time.advance(10_000);
      await pending;
      return tries;
    };
    for (let n = 0; n < 100; n += 1) await once();
    status = 200;
    for (let n = 0; n < 100; n += 1) await once();
    status = 500;
    expect(await once()).toBe(3);
  });
});
