import { expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { changeBackups } from '../../src/simulator/world/world.ts';
import { emptyFolder } from './program.ts';
import { samplesOf, valuesOf } from './samples.ts';
import { accountText, configFrom, serving, startedAtlas } from './serving.ts';

/** What people are paged by: whatever does not depend on how the last read went, nor on this process. */
const facts = (page: string) =>
  samplesOf(page)
    .filter(
      ({ name }) => !/_exporter_|^process_|^nodejs_|refresh_success|_age_|_in_seconds/.test(name),
    )
    .map(({ name, labels, value }) => `${name} ${JSON.stringify(labels)} ${value}`);

/** An exporter that has polled once, was stopped, and can be started again. */
async function stoppedOnce(world: Parameters<typeof startedAtlas>[0]['world']) {
  const atlas = await startedAtlas({ world, rateLimits: 'off' });
  const text = accountText(atlas.url, 'state:', `  path: ${await emptyFolder()}`);
  const config = await configFrom(text);
  const first = await serving({ config });
  const { text: before } = await first.scrape();
  await first.exporter.close();
  const again = async (changed = (same: string) => same) =>
    serving({ config: await configFrom(changed(text)) });
  return { atlas, before, again };
}

test('restarted during an outage, the exporter goes by what it knew, and says so', async () => {
  const { atlas, before, again } = await stoppedOnce(demoWorld('restart', systemClock()));
  const held = Promise.withResolvers<'destroy'>();
  atlas.intercept(() => held.promise);
  const second = await again();
  expect((await fetch(`${second.url}/-/ready`)).status).toBe(200);
  const { text: page } = await second.scrape();
  expect(facts(page)).toEqual(facts(before));
  expect(new Set(valuesOf(page, 'refresh_success'))).toEqual(new Set([0]));
  const at = valuesOf(page, 'exporter_poll_last_success_timestamp_seconds');
  expect(at).toEqual(valuesOf(before, 'exporter_poll_last_success_timestamp_seconds'));
  expect(valuesOf(page, 'exporter_poll_success')).toEqual([0]);
  expect(valuesOf(page, 'exporter_state_loaded_timestamp_seconds')).toHaveLength(1);
  const html = await (await fetch(second.url)).text();
  expect(html).toContain('from the state file of');
  const json = await (await fetch(`${second.url}/api/v1/status`)).json();
  expect(json).toMatchObject({ poll: { state_file_at: expect.any(String) } });
  expect(second.log.join()).toContain('started from the state file');
  held.resolve('destroy');
});

test('what was deleted, cut and changed while it was down is told by the next poll', async () => {
  const world = generatedWorld(
    { seed: 'restart', projects: 1, clusters: 1, snapshots: 20, scenarios: ['healthy'] },
    systemClock(),
  );
  const { before, again } = await stoppedOnce(world);
  const [project] = world.projects;
  const [cluster] = world.clusters(project?.id ?? '');
  world.change(project?.id ?? '', cluster?.name ?? '', (it) =>
    changeBackups(it, (backups) => ({
      ...backups,
      policy: {
        ...backups.policy,
        items: backups.policy.items.map((item) => ({
          ...item,
          retentionValue: item.retentionValue / 2,
          retentionSeconds: item.retentionSeconds / 2,
        })),
      },
    })),
  );
  const second = await again();
  await second.exporter.poller.firstPoll(10_000);
  await expect
    .poll(async () => valuesOf((await second.scrape()).text, 'exporter_poll_success'))
    .toEqual([1]);
  const { text: page } = await second.scrape();
  expect(valuesOf(before, 'snapshots_vanished_total')).toEqual([0]);
  expect(valuesOf(page, 'snapshots_vanished_total')[0]).toBeGreaterThan(0);
  expect(valuesOf(page, 'snapshot_retention_reductions_total')[0]).toBeGreaterThan(0);
  expect(valuesOf(page, 'schedule_hash')).not.toEqual(valuesOf(before, 'schedule_hash'));
});

test('an account with another address, or another name, is not the one that was known', async () => {
  const { again, atlas } = await stoppedOnce(demoWorld('restart', systemClock()));
  atlas.intercept(() => new Promise(() => undefined));
  const moved = await again((text) => text.replace('127.0.0.1', 'localhost'));
  const renamed = await again((text) => text.replace('name: main', 'name: other'));
  for (const { exporter } of [moved, renamed]) {
    expect((await exporter.view()).rows).toEqual([]);
    await exporter.close();
  }
});
