import { expect, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { valuesOf } from './samples.ts';
import { accountText, configFrom, serving, startedAtlas } from './serving.ts';

const world = demoWorld('staleness', systemClock());

test('facts that do not age by themselves are not shown beyond max_staleness, though no poll has ended', async () => {
  let now = systemClock();
  const clock = () => now;
  const atlas = await startedAtlas({ world, clock });
  const config = await configFrom(accountText(atlas.url));
  // Real time stands almost still beside an interval of five minutes: no second poll begins.
  const { scrape, exporter } = await serving({ config, clock });
  await vi.waitFor(() => expect(exporter.poller.ready()).toBe(true), 10_000);

  const before = (await scrape()).text;
  const ages = valuesOf(before, 'snapshot_last_completed_age_seconds').length;
  expect(valuesOf(before, 'snapshots_incomplete').length).toBeGreaterThan(20);

  now += config.poll.maxStalenessSeconds + 1;
  const after = (await scrape()).text;
  expect(valuesOf(after, 'snapshots_incomplete')).toEqual([]);
  expect(valuesOf(after, 'snapshot_last_completed_age_seconds')).toHaveLength(ages);
  expect(valuesOf(after, 'exporter_clusters', { state: 'expired' })).toEqual(
    valuesOf(before, 'exporter_clusters', { state: 'fresh' }),
  );
});
