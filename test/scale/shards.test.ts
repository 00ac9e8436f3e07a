import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { type Shard, wholeFleet } from '../../src/domain/shard.ts';
import { newExporter } from '../../src/exporter/exporter.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { accountText, configFrom, startedAtlas } from '../e2e/serving.ts';
import { pageBytes } from '../metrics/page-bytes.ts';
import { start } from '../simulator/client.ts';

const clock = () => start;
const clusters = 10_000;
/** So many that no project's share of Atlas's limits makes a poll wait. */
const projects = 50;

/** Each line about Atlas that one process shows after its first poll, all clocks standing. */
async function* linesOf(url: string, shard: Shard): AsyncGenerator<string> {
  const scope = '    projects: { include: ["*", gone] }';
  const poll = 'poll: { concurrency: 50 }';
  const config = await configFrom(accountText(url, scope, poll));
  const exporter = await newExporter({ config, log: pino({ level: 'silent' }), clock, shard });
  onTestFinished(() => exporter.close());
  exporter.poller.refreshIfDue();
  await exporter.poller.firstPoll(120_000);
  const page = await exporter.page({ format: 'text', gzip: false });
  const text = pageBytes(page).toString();
  await exporter.close();
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end);
    from = end + 1;
    if (line.startsWith('#') || !line.startsWith('mongodbatlas_backup_')) continue;
    if (!line.startsWith('mongodbatlas_backup_exporter_')) yield line;
  }
}

test('four shards of 10,000 clusters show exactly the series of one process, none twice', async () => {
  const world = generatedWorld({ seed: 'shards', projects, clusters, snapshots: 2 }, start);
  const { url } = await startedAtlas({ world, clock, rateLimits: 'off', maxLoggedRequests: 0 });
  const missing = new Set<string>();
  let all = 0;
  for await (const line of linesOf(url, wholeFleet)) {
    all += 1;
    missing.add(line);
  }
  expect(missing.size).toBe(all);
  expect(all).toBeGreaterThan(clusters * 25);

  const beyond: string[] = [];
  for (const index of [0, 1, 2, 3]) {
    let share = 0;
    for await (const line of linesOf(url, { index, total: 4 })) {
      share += 1;
      // What another shard has shown before is missing no more.
      if (!missing.delete(line)) beyond.push(line);
    }
    expect(share / all).toBeGreaterThan(0.23);
    expect(share / all).toBeLessThan(0.27);
  }
  expect(beyond).toEqual([]);
  expect([...missing]).toEqual([]);
});
