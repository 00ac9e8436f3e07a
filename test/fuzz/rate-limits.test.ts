import fc from 'fast-check';
import { expect } from 'vitest';
import { AtlasError } from '../../src/atlas/transport/failure.ts';
import { layered } from '../../src/atlas/transport/http.ts';
import type { AtlasResponse } from '../../src/atlas/transport/message.ts';
import { rateLimitOf } from '../../src/atlas/transport/observer.ts';
import { paced } from '../../src/atlas/transport/pacing.ts';
import { retrying } from '../../src/atlas/transport/retry.ts';
import { hurriedTime } from '../atlas/transport/virtual-time.ts';
import { never, requestFor } from '../atlas/transport/wire.ts';
import { fuzz } from './fuzzing.ts';
import { hostileText } from './likeness.ts';

const number = fc.oneof(
  fc.constantFrom('0', '1', '7', '300', '-1', '1.5', '1e3', '999999999', '1e12', '', ' 7 ', 'soon'),
  fc.integer().map(String),
  fc.double().map(String),
  hostileText,
);
const date = fc.oneof(
  fc
    .date({ min: new Date('2026-08-12'), max: new Date('2026-08-13'), noInvalidDate: true })
    .map((at) => at.toUTCString()),
  number,
);
const headers: fc.Arbitrary<AtlasResponse['headers']> = fc.record(
  {
    'retry-after': fc.oneof(number, date),
    date,
    'ratelimit-limit': number,
    'ratelimit-remaining': number,
  },
  { requiredKeys: [] },
);
const answers = fc.array(
  fc.record({
    status: fc.constantFrom(200, 200, 200, 429, 429, 500, 503),
    headers,
    body: fc.constant(''),
  }),
  { minLength: 1, maxLength: 12 },
);

/** What the plainest reading of the rules forbids: to ask again before that many milliseconds. */
function forbiddenMs({ status, headers: all }: AtlasResponse): number {
  if (status !== 429 && !(status === 503 && 'retry-after' in all)) return 0;
  const text = String(all['retry-after'] ?? '').trim();
  return /^\d{1,15}$/.test(text) ? Math.min(Math.max(Number(text), 1), 3_600) * 1_000 : 1_000;
}

fuzz(
  'rateLimits',
  fc.asyncProperty(answers, fc.integer({ min: 1, max: 4 }), async (all, requests) => {
    const time = hurriedTime(0.5);
    const told: number[] = [];
    const observer = {
      retried: () => undefined,
      throttled: (seconds: number) => told.push(seconds),
    };
    let sent = 0;
    let notBefore = 0;
    const atlas = async (): Promise<AtlasResponse> => {
      expect(time.now()).toBeGreaterThanOrEqual(notBefore);
      const answer = all[sent++ % all.length] ?? { status: 200, headers: {}, body: '' };
      notBefore = time.now() + forbiddenMs(answer);
      const limits = rateLimitOf(answer);
      if (limits !== undefined) expect(limits.capacity).toBeGreaterThan(0);
      return answer;
    };
    const send = layered(atlas, retrying(observer, time.timing), paced(observer, time.timing));
    for (let n = 0; n < requests; n += 1) {
      const before = sent;
      const deadlineMs = time.now() + 900_000;
      await send(requestFor('/', { deadlineMs }), never).catch((error: unknown) => {
        expect(error).toBeInstanceOf(AtlasError);
      });
      expect(sent - before).toBeLessThanOrEqual(3);
      expect(time.now()).toBeLessThanOrEqual(deadlineMs);
    }
    for (const wait of [...time.waits, ...told.map((seconds) => seconds * 1_000)]) {
      expect(wait).toBeGreaterThanOrEqual(0);
      // What a timer can hold.
      expect(wait).toBeLessThan(2 ** 31);
    }
  }),
);
