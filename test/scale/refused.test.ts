import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { realTiming, type Timing } from '../../src/atlas/transport/timing.ts';
import { newExporter } from '../../src/exporter/exporter.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { valuesOf } from '../e2e/samples.ts';
import { accountText, configFrom, startedAtlas } from '../e2e/serving.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { start } from '../simulator/client.ts';

const clusters = 200;
const hours = 5;
const intervalMs = 300_000;
const maxLag = 3;

/** Time that sleeping moves on: whoever sleeps wakes at once, and later. */
function sleepyTime() {
  let now = 0;
  const timing: Timing = {
    ...realTiming,
    monotonicMs: () => now,
    sleep: async (ms, signal) => {
      const until = now + ms;
      await realTiming.sleep(1, signal);
      now = Math.max(now, until);
    },
  };
  const passTo = (ms: number) => {
    now = Math.max(now, ms);
  };
  return { timing, clock: () => start + now / 1000, now: () => now, passTo };
}

/** An exporter and its Atlas, in that time. */
async function exporting() {
  const { timing, clock, now, passTo } = sleepyTime();
  const scenarios = ['healthy', 'sharded'] as const;
  const world = generatedWorld(
    { seed: 'refused', projects: 4, clusters, snapshots: 4, scenarios },
    start,
  );
  const clocks = { clock, realClock: clock };
  const atlas = await startedAtlas({ world, ...clocks, rateLimits: 'off', maxLoggedRequests: 0 });
  const config = await configFrom(accountText(atlas.url));
  const exporter = await newExporter({ config, log: pino({ level: 'silent' }), clock, timing });
  onTestFinished(exporter.close);
  const { poller } = exporter;
  /** The time at which a poll began, an interval after the one before, once it has ended. */
  const polled = async (before: number) => {
    passTo(before + intervalMs);
    const begunAt = now();
    poller.refreshIfDue();
    while (poller.inProgress()) await delay(1);
    return begunAt;
  };
  /** When each cluster was read, in the same milliseconds. */
  const readAt = async () => {
    const page = pageBytes(await exporter.page({ format: 'text', gzip: false })).toString();
    const times = valuesOf(page, 'refresh_last_success_timestamp_seconds');
    return times.map((seconds) => (seconds - start) * 1000);
  };
  return { atlas, now, polled, readAt };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

test('while half of all requests are refused for hours, no cluster is left behind', async () => {
  const { atlas, now, polled, readAt } = await exporting();
  const polls = [await polled(-intervalMs)];
  expect(await readAt()).toHaveLength(clusters);
  atlas.faults.set('rate_limited:0.5');
  let worst = 0;
  while (now() < hours * 3_600_000) {
    polls.push(await polled(polls.at(-1) ?? 0));
    // In how many polls in a row each has not been read.
    const missed = (await readAt()).map((at) => polls.filter((begunAt) => begunAt > at + 1).length);
    expect(missed).toHaveLength(clusters);
    worst = Math.max(worst, Math.max(...missed) - median(missed));
  }
  const refused = atlas.requestLog.byStatus.get(429) ?? 0;
  console.info(`${polls.length} polls, ${refused} requests refused, behind by ${worst} at most`);
  expect(refused).toBeGreaterThan(100 * hours);
  expect(worst).toBeLessThanOrEqual(maxLag);
});
