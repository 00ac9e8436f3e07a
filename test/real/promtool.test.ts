import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { emptyFolder, run } from '../e2e/program.ts';
import { valuesOf } from '../e2e/samples.ts';
import { accountText, configFrom, serving, startedAtlas } from '../e2e/serving.ts';
import { tool } from './tools.ts';

const promtool = tool('PROMTOOL');
const world = demoWorld('promtool', systemClock());

/** What promtool has to say of a page: nothing, when all is well. */
function checked(page: string) {
  const { status, stdout, stderr } = spawnSync(promtool ?? '', ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

const clean = { status: 0, said: '' };

describe.skipIf(promtool === undefined)('promtool finds nothing to say', () => {
  test('about the page after the first poll', async () => {
    const atlas = await startedAtlas({ world });
    const { scrape } = await serving({ config: await configFrom(accountText(atlas.url)) });
    const { text } = await scrape();
    expect(valuesOf(text, 'exporter_poll_success')).toEqual([1]);
    expect(checked(text)).toEqual(clean);
  });

  test('about the page before the first poll has ended', async () => {
    const atlas = await startedAtlas({ world, latencyMs: 60_000 });
    const config = await configFrom(accountText(atlas.url, '    projects: { include: [named] }'));
    const { scrape } = await serving({ config });
    const { text } = await scrape({ 'X-Prometheus-Scrape-Timeout-Seconds': '0.5' });
    expect(valuesOf(text, 'exporter_poll_last_completed_timestamp_seconds')).toEqual([0]);
    expect(checked(text)).toEqual(clean);
  });

  test('about the page of an exporter that cannot reach Atlas', async () => {
    const atlas = await startedAtlas({ world });
    await atlas.close();
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'config.yaml'), accountText(atlas.url));
    const { code, stdout } = await run(['once'], { cwd });
    expect(code).toBe(1);
    expect(checked(stdout)).toEqual(clean);
  });

  test('but it does about a page with a fault', () => {
    expect(checked('# TYPE a_total gauge\na_total 1\n').status).not.toBe(0);
  });
});
