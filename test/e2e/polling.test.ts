import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import type { Simulator } from '../../src/simulator/server.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { samplesOf, valuesOf } from './samples.ts';
import { accountText, configFrom, hurriedTiming, serving, startedAtlas } from './serving.ts';

const world = demoWorld('polling', systemClock());

type Options = { latencyMs?: number; intervalSeconds?: number; background?: boolean };

/** An exporter that has polled once, and whose data is fresh. */
async function polledOnce({ latencyMs = 0, ...poll }: Options = {}) {
  const atlas = await startedAtlas({ world, latencyMs });
  const config = await configFrom(accountText(atlas.url));
  const { timing, pass } = hurriedTiming();
  const running = await serving({
    config: { ...config, poll: { ...config.poll, ...poll } },
    timing,
  });
  const { text } = await running.scrape();
  expect(valuesOf(text, 'exporter_poll_success')).toEqual([1]);
  atlas.requestLog.reset();
  return { atlas, pass, ...running, idle: () => !running.exporter.poller.inProgress() };
}

/** How often each listing was answered. */
function timesAsked({ requestLog }: Simulator): readonly number[] {
  const answered = requestLog.entries.filter(({ status }) => status === 200);
  return [...Map.groupBy(answered, ({ path, query }) => `${path}?${query}`).values()].map(
    ({ length }) => length,
  );
}

const fiveMinutes = 300_000;

describe('polling', () => {
  test('100 concurrent scrapes of outdated data cause one poll and do not wait for it', async () => {
    const { atlas, pass, scrape, idle } = await polledOnce();
    pass(fiveMinutes);
    const pages = await Promise.all(Array.from({ length: 100 }, () => scrape()));
    expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
    await vi.waitFor(() => expect(idle()).toBe(true), 10_000);
    const asked = timesAsked(atlas);
    expect(asked.length).toBeGreaterThan(20);
    expect(new Set(asked)).toEqual(new Set([1]));
  });

  test('a scrape of fresh data calls nobody', async () => {
    const { atlas, pass, scrape, idle } = await polledOnce();
    pass(fiveMinutes - 10_000);
    for (let n = 0; n < 5; n += 1) await scrape();
    expect(idle()).toBe(true);
    expect(atlas.requestLog.total).toBe(0);
  });

  test('data grows old without a call while nobody scrapes', async () => {
    const { atlas, pass, idle, url } = await polledOnce();
    pass(10 * fiveMinutes);
    // Probes are no scrapes.
    for (const path of ['/-/healthy', '/-/ready']) await fetch(url + path);
    expect(idle()).toBe(true);
    expect(atlas.requestLog.total).toBe(0);
  });

  test('background: true polls by itself', async () => {
    const { atlas, exporter } = await polledOnce({ background: true, intervalSeconds: 0.1 });
    await vi.waitFor(
      () => expect(exporter.poller.current().generation.number).toBeGreaterThan(3),
      10_000,
    );
    expect(atlas.requestLog.total).toBeGreaterThan(20);
  });

  test('a scrape during a poll does not wait, says so, and shows the data of before', async () => {
    const { pass, scrape } = await polledOnce({ latencyMs: 200 });
    pass(fiveMinutes);
    for (const { text, idleSeconds } of [await scrape(), await scrape()]) {
      expect(valuesOf(text, 'exporter_poll_in_progress')).toEqual([1]);
      expect(valuesOf(text, 'exporter_poll_success')).toEqual([1]);
      expect(idleSeconds).toBeLessThan(0.15);
    }
  });
});

describe('a scrape', () => {
  test('shows exactly one generation, whenever it comes', async () => {
    // The clock steps when a poll begins, so that everything one poll read has one time.
    let now = Math.floor(systemClock());
    const clock = () => now;
    const atlas = await startedAtlas({ world, clock, rateLimits: 'off' });
    atlas.intercept(({ path, authorised }) => {
      if (authorised && path === '/api/atlas/v2/groups') now += 60;
      return undefined;
    });
    const config = await configFrom(accountText(atlas.url));
    const poll = { ...config.poll, intervalSeconds: 0, discoveryIntervalSeconds: 0 };
    const { scrape } = await serving({ config: { ...config, poll }, clock });
    const generations = new Set<number>();
    let torn = 0;
    const scrapeOften = async () => {
      while (generations.size < 12) {
        const times = new Set(
          samplesOf((await scrape()).text)
            .filter(({ name }) => timesOfOnePoll.has(name))
            .map(({ value }) => value),
        );
        if (times.size !== 1) torn += 1;
        for (const time of times) generations.add(time);
      }
    };
    await Promise.all([scrapeOften(), scrapeOften(), scrapeOften(), scrapeOften()]);
    expect(torn).toBe(0);
  });
});

const timesOfOnePoll = new Set([
  'mongodbatlas_backup_refresh_last_success_timestamp_seconds',
  'mongodbatlas_backup_project_refresh_last_success_timestamp_seconds',
  'mongodbatlas_backup_exporter_poll_last_completed_timestamp_seconds',
]);
