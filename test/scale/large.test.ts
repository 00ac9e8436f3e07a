import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { newExporter } from '../../src/exporter/exporter.ts';
import { accountText, configFrom } from '../e2e/serving.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import type { LargeAtlas } from './large-atlas.ts';

/** An exporter after its first poll of such an Atlas, and what that took. */
async function polled(workerData: LargeAtlas) {
  const worker = new Worker(new URL('large-atlas.ts', import.meta.url), { workerData });
  onTestFinished(async () => void (await worker.terminate()));
  const [url]: string[] = await once(worker, 'message');
  const config = await configFrom(accountText(url ?? '', 'poll: { concurrency: 50 }'));
  const exporter = await newExporter({ config, log: pino({ level: 'silent' }) });
  onTestFinished(exporter.close);
  const blocks = watchedBlocks();
  exporter.poller.refreshIfDue();
  while (exporter.poller.inProgress()) await delay(10);
  const longestMs = blocks();
  const page = await exporter.page({ format: 'text', gzip: false });
  const lines = pageBytes(page).toString().split('\n');
  const samples = lines.filter((line) => /^mongodbatlas_backup_(?!exporter_)/.test(line));
  return { longestMs, samples, polls: exporter.poller.current().generation.polls };
}

const maxBlockMs = 100;

/** The best of three tries: a block of our own is in each, one of a machine that others use is not. */
async function polledWell(atlas: LargeAtlas) {
  let best = await polled(atlas);
  for (let tries = 1; tries < 3 && best.longestMs >= maxBlockMs; tries += 1) {
    const next = await polled(atlas);
    if (next.longestMs < best.longestMs) best = next;
  }
  return best;
}

/**
 * The longest that this thread worked between two turns, in milliseconds of its own processor time:
 * whoever else uses the processor does not count.
 */
function watchedBlocks(): () => number {
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let [last, longest] = [used(), 0];
  const timer = setInterval(() => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

test('a thousand projects of ten clusters are read and shown without a long block', async () => {
  const before = process.memoryUsage.rss();
  const { polls, samples, longestMs } = await polledWell({
    projects: 1_000,
    clusters: 10_000,
    snapshots: 4,
  });
  const grownMiB = (process.memoryUsage.rss() - before) / 2 ** 20;
  console.info(
    `${samples.length} series, longest block ${longestMs.toFixed(0)} ms, ${grownMiB.toFixed(0)} MiB more with the simulator's`,
  );
  expect(polls.success).toBe(true);
  expect(samples.length).toBeGreaterThan(250_000);
  expect(longestMs).toBeLessThan(maxBlockMs);
});

test('a hundred thousand snapshots of one cluster make no more series and no long block', async () => {
  const few = await polled({ projects: 1, clusters: 1, listed: 10 });
  const many = await polledWell({ projects: 1, clusters: 1, listed: 100_000 });
  console.info(`100,000 snapshots: longest block ${many.longestMs.toFixed(0)} ms`);
  expect(many.polls.success).toBe(true);
  // Their ids tell when they were made, a second apart.
  const names = (samples: readonly string[]) =>
    samples.map((line) => line.replace(/ \S+$/, '').replaceAll(/\b[0-9a-f]{24}\b/g, 'ID'));
  expect(names(many.samples)).toEqual(names(few.samples));
  const completed = many.samples.find((line) => /snapshots\{.*status="completed"/.test(line));
  expect(completed?.split(' ').at(-1)).toBe('100000');
  expect(many.longestMs).toBeLessThan(maxBlockMs);
});
