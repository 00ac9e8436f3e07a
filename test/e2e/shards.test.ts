import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Shard } from '../../src/domain/shard.ts';
import { newExporter } from '../../src/exporter/exporter.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { start } from '../simulator/client.ts';
import { emptyFolder, run } from './program.ts';
import { valuesOf } from './samples.ts';
import { accountText, configFrom, startedAtlas } from './serving.ts';

const clock = () => start;
const world = generatedWorld({ seed: 'shards', projects: 9, clusters: 300, snapshots: 4 }, start);

/** The lines about Atlas that one process shows after its first poll, all clocks standing. */
async function linesOf(url: string, shard: Shard): Promise<readonly string[]> {
  const scope = '    projects: { include: ["*", gone, "5f0000000000000000000009"] }';
  const config = await configFrom(accountText(url, scope));
  const exporter = await newExporter({ config, log: pino({ level: 'silent' }), clock, shard });
  onTestFinished(() => exporter.close());
  exporter.poller.refreshIfDue();
  await exporter.poller.firstPoll(15_000);
  const page = await exporter.page({ format: 'text', gzip: false });
  return pageBytes(page)
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('mongodbatlas_backup_'))
    .filter((line) => !line.startsWith('mongodbatlas_backup_exporter_'));
}

test('four shards together show exactly the series of one process, none twice', async () => {
  const { url } = await startedAtlas({ world, clock, rateLimits: 'off', maxLoggedRequests: 0 });
  const whole = await linesOf(url, { index: 0, total: 1 });
  const parts: string[] = [];
  for (const index of [0, 1, 2, 3]) {
    const part = await linesOf(url, { index, total: 4 });
    expect(part.length).toBeGreaterThan(whole.length / 8);
    parts.push(...part);
  }
  expect(whole.length).toBeGreaterThan(300 * 25);
  expect(parts.toSorted()).toEqual(whole.toSorted());
});

test('the flags give a process its share, and its page says which', async () => {
  const { url } = await startedAtlas({ world, clock, rateLimits: 'off', maxLoggedRequests: 0 });
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'config.yaml'), accountText(url));
  const share = ['--shard', 'exporter-1', '--total-shards', '3'];
  const { code, stdout } = await run(['once', ...share], { cwd });
  expect(code).toBe(0);
  expect(valuesOf(stdout, 'exporter_shard')).toEqual([1]);
  expect(valuesOf(stdout, 'exporter_total_shards')).toEqual([3]);
  const clusters = valuesOf(stdout, 'enabled').length;
  expect(clusters).toBeGreaterThan(70);
  expect(clusters).toBeLessThan(130);
});
