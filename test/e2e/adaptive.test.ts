import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { newExporter } from '../../src/exporter/exporter.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { start } from '../simulator/client.ts';
import { valuesOf } from './samples.ts';
import { accountText, configFrom, hurriedTiming, startedAtlas } from './serving.ts';

const hour = 3600;
const world = generatedWorld(
  { seed: 'adaptive', projects: 1, clusters: 12, snapshots: 4, scenarios: ['healthy'] },
  start,
);

test('in mode adaptive a poll asks those of which something is expected, and within the sweep each', async () => {
  let now = start;
  const clock = () => now;
  const atlas = await startedAtlas({ world, clock, rateLimits: 'off' });
  const mode = 'poll: { mode: adaptive, discovery_interval: 1d }';
  const config = await configFrom(accountText(atlas.url, mode));
  const { timing, pass } = hurriedTiming();
  const exporter = await newExporter({ config, log: pino({ level: 'silent' }), clock, timing });
  onTestFinished(() => exporter.close());
  const { poller } = exporter;
  const poll = async () => {
    atlas.requestLog.reset();
    const { number } = poller.current().generation;
    poller.refreshIfDue();
    await expect.poll(() => poller.current().generation.number).toBe(number + 1);
    const read = atlas.requestLog.entries.filter(({ path }) => path.endsWith('/backup/snapshots'));
    return new Set(read.map(({ path }) => path));
  };
  const page = async () => {
    const page = await exporter.page({ format: 'text', gzip: false });
    return pageBytes(page).toString();
  };

  const all = await poll();
  expect(all.size).toBe(12);
  const swept = new Set<string>();
  const asked: number[] = [];
  for (now += 300; now < start + hour; now += 300) {
    pass(300_000);
    const some = await poll();
    asked.push(some.size);
    for (const path of some) swept.add(path);
  }
  expect(swept).toEqual(all);
  expect(Math.max(...asked)).toBeLessThan(12);
  now -= 300;

  const text = await page();
  expect(valuesOf(text, 'exporter_sweep_interval_seconds')).toEqual([hour]);
  expect(valuesOf(text, 'exporter_poll_success')).toEqual([1]);
  expect(valuesOf(text, 'exporter_clusters', { state: 'fresh' })).toEqual([12]);
  const readAt = valuesOf(text, 'refresh_last_success_timestamp_seconds');
  // Each its own: a poll that did not ask a cluster does not say that it did.
  expect(new Set(readAt).size).toBeGreaterThan(1);
  for (const at of readAt) expect(now - at).toBeLessThan(hour);
});
