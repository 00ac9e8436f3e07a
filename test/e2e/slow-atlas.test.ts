import { expect, test, vi } from 'vitest';
import { realTiming, type Timing } from '../../src/atlas/transport/timing.ts';
import { systemClock } from '../../src/domain/time.ts';
import type { Interception } from '../../src/simulator/interception.ts';
import { ends, surveying, worldWith } from '../atlas/survey/surveying.ts';
import { stopwatch } from '../stopwatch.ts';
import { valuesOf } from './samples.ts';
import { accountText, configFrom, serving, startedAtlas } from './serving.ts';

const world = worldWith(1, 6, 'healthy');

/** A minute passes before the first byte of an answer. */
const aMinute: Interception = async (request) => ({ ...(await request.atlas()), delayMs: 60_000 });

/** Real timing, whose pauses between tries nobody wants to sit out. */
const impatient: Timing = {
  ...realTiming,
  sleep: (ms, signal) => realTiming.sleep(Math.min(ms, 5), signal),
};

const newest = 'snapshot_last_completed_timestamp_seconds';

test('scrapes wait for less than a second while Atlas takes a minute, and its requests time out', async () => {
  const atlas = await startedAtlas({ world, clock: systemClock, rateLimits: 'off' });
  const config = await configFrom(accountText(atlas.url));
  const poll = { ...config.poll, intervalSeconds: 0.1, requestTimeoutSeconds: 0.4 };
  const { scrape, exporter } = await serving({ config: { ...config, poll }, timing: impatient });
  const waited: number[] = [];
  /** Each scrape asks for a poll as well. */
  const scrapedUntil = (success: number) =>
    vi.waitFor(
      async () => {
        const { status, idleSeconds, text } = await scrape();
        expect(status).toBe(200);
        waited.push(idleSeconds);
        expect(valuesOf(text, 'exporter_poll_success')).toEqual([success]);
        return text;
      },
      { timeout: 15_000, interval: 20 },
    );
  const before = await scrapedUntil(1);
  atlas.intercept(aMinute);
  const during = await scrapedUntil(0);
  expect(valuesOf(during, newest)).toHaveLength(6);
  expect(valuesOf(during, newest)).toEqual(valuesOf(before, newest));
  expect(valuesOf(during, 'refresh_success')).toEqual(Array(6).fill(0));
  const failures = valuesOf(during, 'exporter_errors_total', { reason: 'timeout' });
  expect(Math.max(...failures)).toBeGreaterThan(0);
  atlas.intercept(undefined);
  await scrapedUntil(1);
  expect(Math.max(...waited)).toBeLessThan(1);
  expect(exporter.poller.healthy()).toBe(true);
});

test('the end of a poll cuts short what still waits for its first byte', async () => {
  const { pass, answer, bugs } = await surveying(world, { timeoutMs: 30_000 });
  await pass({ discover: true });
  answer(aMinute);
  const spent = stopwatch();
  const { backups } = await pass({ signal: AbortSignal.timeout(200) });
  expect(spent().idle).toBeLessThan(2_000);
  expect(Object.values(ends(world, backups))).toEqual(Array(6).fill('timeout'));
  expect(bugs).toEqual([]);
});
