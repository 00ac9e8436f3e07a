import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { realTiming, type Timing } from '../../src/atlas/transport/timing.ts';
import { newExporter } from '../../src/exporter/exporter.ts';
import { valuesOf } from '../e2e/samples.ts';
import { accountText, configFrom } from '../e2e/serving.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { start } from '../simulator/client.ts';
import type { SoakAtlas } from './soak-atlas.ts';
import { settledAfter, soak } from './soak-figures.ts';

const { intervalSeconds, clusters, max } = soak;
const polls = Number(process.env['SOAK_POLLS'] ?? soak.polls.short);
const settled = settledAfter(polls);
const pollsBetweenChanges = 12;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** MiB that are still reachable. */
function heapNow(): number {
  for (let times = 0; times < 3; times += 1) collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

test(
  'nothing grows with the number of polls, though a tenth of all replies is faulty',
  async () => {
    const time = new Float64Array(new SharedArrayBuffer(8));
    time[0] = start;
    const workerData: SoakAtlas = { time, clusters, faults: soak.faults.join(',') };
    const worker = new Worker(new URL('soak-atlas.ts', import.meta.url), { workerData });
    onTestFinished(async () => void (await worker.terminate()));
    const [url]: string[] = await once(worker, 'message');
    const config = await configFrom(accountText(url ?? '', 'poll: { request_timeout: 5s }'));
    const clock = () => time[0] ?? 0;
    let sleptMs = 0;
    const monotonicMs = () => clock() * 1000 + realTiming.monotonicMs() + sleptMs;
    const timing: Timing = {
      ...realTiming,
      monotonicMs,
      // Whoever sleeps wakes at once, and later.
      sleep: async (ms, signal) => {
        const until = monotonicMs() + ms;
        await realTiming.sleep(Math.min(ms, 1), signal);
        sleptMs += Math.max(until - monotonicMs(), 0);
      },
    };
    const exporter = await newExporter({ config, log: pino({ level: 'silent' }), clock, timing });
    onTestFinished(exporter.close);
    const { poller } = exporter;

    const page = async () => {
      const shown = await exporter.page({ format: 'text', gzip: false });
      return pageBytes(shown).toString();
    };
    const measured = async () => ({
      heap: heapNow(),
      handles: process.getActiveResourcesInfo().filter((name) => name !== 'Timeout').length,
      series: (await page()).split('\n').filter((line) => /^[a-z]/.test(line)).length,
    });
    const history: Awaited<ReturnType<typeof measured>>[] = [];
    let failures = 0;
    for (let poll = 1; poll <= polls; poll += 1) {
      if (poll % pollsBetweenChanges === 0) worker.postMessage('change');
      time[0] = start + poll * intervalSeconds;
      poller.refreshIfDue();
      while (poller.inProgress()) await delay(1);
      await exporter.page({ format: 'openmetrics', gzip: true });
      if (!poller.current().generation.polls.success) failures += 1;
      if (poll % settled === 0) history.push(await measured());
    }

    const [early, late] = [history[0], history.at(-1)];
    for (const [n, { heap, handles, series }] of history.entries()) {
      const day = ((n + 1) * settled * intervalSeconds) / 86_400;
      console.info(
        `day ${day.toFixed(1)}: ${heap.toFixed(1)} MiB, ${handles} handles, ${series} series`,
      );
    }
    console.info(`${polls} polls of ${clusters} clusters, ${failures} with failures`);
    if (early === undefined || late === undefined) throw new Error('nothing was measured');
    expect(poller.current().generation.number).toBe(polls);
    expect(failures).toBeGreaterThan(polls / 2);
    expect(late.heap / early.heap).toBeLessThan(max.heap);
    expect(late.handles).toBeLessThanOrEqual(early.handles + max.handles);
    expect(Math.abs(late.series - early.series) / early.series).toBeLessThan(max.series);
    const known = valuesOf(await page(), 'enabled').length;
    expect(known).toBeGreaterThanOrEqual(clusters - 8);
    expect(known).toBeLessThanOrEqual(clusters);
  },
  2 * 3_600_000,
);
