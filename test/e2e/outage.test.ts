import { expect, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { samplesOf, valuesOf } from './samples.ts';
import { accountText, configFrom, type Serving, serving, startedAtlas } from './serving.ts';

const world = demoWorld('outage', systemClock());
const intervalSeconds = 1;

/** The clock of exporter and Atlas: it moves when the test says so, so that no snapshot does. */
function movingClock() {
  let now = systemClock();
  return {
    clock: () => now,
    pass: (seconds: number) => {
      now += seconds;
    },
  };
}

/** Scrapes until the page says what is looked for: each scrape also asks for a poll. */
function scrapedUntil({ scrape }: Serving, holds: (page: string) => boolean, withinMs: number) {
  return vi.waitFor(
    async () => {
      const { text } = await scrape();
      if (!holds(text)) throw new Error('not yet');
      return text;
    },
    { timeout: withinMs, interval: 50 },
  );
}

const succeeds = (page: string) => valuesOf(page, 'exporter_poll_success')[0] === 1;

/** What does not depend on the time of the scrape nor on the exporter itself. */
function facts(page: string): readonly string[] {
  return samplesOf(page)
    .filter(({ name }) => /_snapshots?_|_backup_snapshots$|_enabled$|cluster_/.test(name))
    .filter(({ name }) => !/_(age|expires_in)_seconds|_exporter_/.test(name))
    .map(({ name, labels, value }) => `${name} ${JSON.stringify(labels)} ${value}`);
}

const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

test('an outage keeps the values, lets ages grow, says so, and passes by itself', async () => {
  const { clock, pass } = movingClock();
  const atlas = await startedAtlas({ world, clock });
  const config = await configFrom(accountText(atlas.url));
  const poll = { ...config.poll, intervalSeconds, discoveryIntervalSeconds: intervalSeconds };
  const running = await serving({ config: { ...config, poll }, clock });
  const before = await scrapedUntil(running, succeeds, 10_000);
  expect(valuesOf(before, 'refresh_success')).not.toContain(0);

  await atlas.close();
  const during = await scrapedUntil(running, (page) => !succeeds(page), 15_000);
  // But for the free cluster, of which there is nothing to read.
  expect(valuesOf(during, 'refresh_success').filter((value) => value === 1)).toHaveLength(1);
  expect(valuesOf(during, 'refresh_success', { cluster: 'sandbox' })).toEqual([1]);
  expect(valuesOf(during, 'exporter_clusters', { state: 'fresh' })).toEqual([0]);
  expect(new Set(valuesOf(during, 'project_refresh_success'))).toEqual(new Set([0]));
  expect(facts(during)).toEqual(facts(before));
  expect(valuesOf(during, 'refresh_last_success_timestamp_seconds').length).toBeGreaterThan(20);

  pass(600);
  const answers = await Promise.all(Array.from({ length: 20 }, () => running.scrape()));
  for (const { status, idleSeconds, text } of answers) {
    expect(status).toBe(200);
    expect(idleSeconds).toBeLessThan(1);
    const family = 'snapshot_last_completed_age_seconds';
    const [ages, agesBefore] = [valuesOf(text, family), valuesOf(before, family)];
    expect(ages.length).toBe(agesBefore.length);
    expect(sum(ages)).toBeGreaterThanOrEqual(sum(agesBefore) + 600 * ages.length);
  }
  for (const path of ['/-/healthy', '/-/ready']) {
    expect((await fetch(running.url + path)).status).toBe(200);
  }
  expect(running.log.join('')).toContain('Atlas could not be reached');

  const port = Number(new URL(atlas.url).port);
  const again = await startedAtlas({ world, clock, port });
  // The poll that met the outage has to end first; then two intervals are enough.
  await vi.waitFor(() => expect(running.exporter.poller.inProgress()).toBe(false), 10_000);
  const after = await scrapedUntil(running, succeeds, intervalSeconds * 2_000 + 1_000);
  expect(valuesOf(after, 'refresh_success')).not.toContain(0);
  expect(valuesOf(after, 'project_refresh_success')).not.toContain(0);
  expect(again.requestLog.total).toBeGreaterThan(0);
  expect(running.log.join('')).toContain('reads recovered');
}, 60_000);

test('facts that do not age by themselves disappear after max_staleness, ages stay', async () => {
  const { clock, pass } = movingClock();
  const atlas = await startedAtlas({ world, clock });
  const config = await configFrom(accountText(atlas.url));
  const poll = { ...config.poll, intervalSeconds, maxStalenessSeconds: 60 };
  const running = await serving({ config: { ...config, poll }, clock });
  const before = await scrapedUntil(running, succeeds, 10_000);
  await atlas.close();
  pass(120);
  const family = 'snapshot_last_completed_age_seconds';
  const during = await scrapedUntil(
    running,
    (page) => valuesOf(page, 'exporter_clusters', { state: 'expired' })[0] !== 0 && !succeeds(page),
    15_000,
  );
  expect(valuesOf(during, family).length).toBe(valuesOf(before, family).length);
  expect(valuesOf(during, 'snapshot_last_completed_size_bytes')).toEqual([]);
  // Of the free cluster it is known without asking that it has none.
  expect(valuesOf(during, 'snapshots_incomplete')).toEqual([0]);
  expect(valuesOf(during, 'snapshots_incomplete', { cluster: 'sandbox' })).toEqual([0]);
}, 60_000);
