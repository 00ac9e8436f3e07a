import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { samplesOf, valuesOf } from './samples.ts';
import { accountText, configFrom, serving, startedAtlas } from './serving.ts';

const world = demoWorld('first', systemClock());
const [project] = world.projects;

/** An exporter in front of an Atlas that answers so slowly; it names two projects. */
async function starting(latencyMs: number) {
  const atlas = await startedAtlas({ world, latencyMs });
  const named = `    projects: { include: ["${project?.id}", "no-such-project"] }`;
  const config = await configFrom(accountText(atlas.url, named));
  const running = await serving({ config });
  return {
    atlas,
    ...running,
    status: async (path: string) => (await fetch(running.url + path)).status,
  };
}

const patience = (seconds: string) => ({ 'X-Prometheus-Scrape-Timeout-Seconds': seconds });

describe('a scrape before the first poll has ended', () => {
  test('waits for it and shows what it found', async () => {
    const { scrape, status } = await starting(100);
    expect(await status('/-/ready')).toBe(503);
    const { status: scraped, text, seconds } = await scrape(patience('10'));
    expect(scraped).toBe(200);
    expect(seconds).toBeGreaterThan(0.2);
    expect(valuesOf(text, 'snapshot_last_completed_age_seconds').length).toBeGreaterThan(3);
    expect(await status('/-/ready')).toBe(200);
  });

  test('waits until half a second before the deadline of its sender, then says what is known', async () => {
    const { scrape, status } = await starting(60_000);
    const { status: scraped, text, seconds, idleSeconds } = await scrape(patience('1.2'));
    expect(scraped).toBe(200);
    expect(seconds).toBeGreaterThan(0.6);
    expect(idleSeconds).toBeLessThan(1.2);
    expect(valuesOf(text, 'exporter_poll_success')).toEqual([0]);
    expect(valuesOf(text, 'exporter_poll_last_completed_timestamp_seconds')).toEqual([0]);
    expect(valuesOf(text, 'exporter_poll_in_progress')).toEqual([1]);
    expect(valuesOf(text, 'exporter_build_info')).toEqual([1]);
    const projects = samplesOf(text).filter(({ name }) => name.endsWith('project_refresh_success'));
    expect(projects.map(({ labels, value }) => [labels, value])).toEqual([
      [{ project_id: project?.id }, 0],
      [{ project: 'no-such-project' }, 0],
    ]);
    expect(await status('/-/ready')).toBe(503);
    expect(await status('/-/healthy')).toBe(200);
  });

  test.each(['0', '0.3', '-5'])(
    'does not wait when its sender gives it %s seconds',
    async (given) => {
      const { scrape } = await starting(60_000);
      const { status, idleSeconds } = await scrape(patience(given));
      expect(status).toBe(200);
      expect(idleSeconds).toBeLessThan(0.2);
    },
  );
});

describe('readiness', () => {
  test('comes with the end of the first poll, even if nothing could be read, and stays', async () => {
    const { atlas, status, exporter, scrape } = await starting(0);
    await vi.waitFor(async () => expect(await status('/-/ready')).toBe(200), 10_000);
    await atlas.close();
    await scrape();
    expect(await status('/-/ready')).toBe(200);
    expect(await status('/-/healthy')).toBe(200);
    expect(exporter.poller.ready()).toBe(true);
  });

  test('a first poll in an outage ends, too', async () => {
    const atlas = await startedAtlas({ world });
    await atlas.close();
    const { scrape, url } = await serving({ config: await configFrom(accountText(atlas.url)) });
    const { status, text } = await scrape();
    expect(status).toBe(200);
    expect(valuesOf(text, 'exporter_poll_success')).toEqual([0]);
    expect(valuesOf(text, 'exporter_poll_last_success_timestamp_seconds')).toEqual([0]);
    expect((await fetch(`${url}/-/ready`)).status).toBe(200);
  });
});
