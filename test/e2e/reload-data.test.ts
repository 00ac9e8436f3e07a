import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { changeBackups } from '../../src/simulator/world/world.ts';
import { reloadable } from './reloadable.ts';
import { samplesOf, valuesOf } from './samples.ts';
import { startedAtlas } from './serving.ts';

/** The values of all that has one of these labels, exporter and process apart. */
const seriesOf = (page: string, labels: Readonly<Record<string, string>>) =>
  samplesOf(page).filter((sample) =>
    Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
  );
const projectsOn = (page: string) =>
  new Set(samplesOf(page).flatMap(({ labels }) => labels['project'] ?? []));
const sessions = { project: 'platform', cluster: 'sessions' };

/** The oldest snapshots of this cluster go before their time. */
function lose({ world }: Awaited<ReturnType<typeof reloadable>>): void {
  const platform = world.projects.find(({ name }) => name === 'platform');
  const from = systemClock() - 3 * 86_400;
  world.change(platform?.id ?? '', 'sessions', (cluster) =>
    changeBackups(cluster, (backups) => ({ ...backups, active: { ...backups.active, from } })),
  );
}

describe('a reload', () => {
  test('ends what is no more in scope, at once, and keeps the counters and times of the rest', async () => {
    const running = await reloadable();
    const { text, write, hangUp, settled, scrape, scrapedUntil } = running;
    const vanished = (page: string) => valuesOf(page, 'snapshots_vanished_total', sessions)[0] ?? 0;
    await settled();
    lose(running);
    await write(text('poll: { interval: 7m }'));
    await hangUp();
    const before = await scrapedUntil((page) => vanished(page) > 0);
    expect(projectsOn(before)).toEqual(new Set(['payments', 'platform', 'analytics']));

    running.atlas.intercept(() => ({ status: 503, body: '' }));
    const filters = [
      '    projects: { exclude: [analytics] }',
      '    clusters: { exclude: ["*/users"] }',
    ];
    await write(text(...filters));
    await hangUp();
    const after = await scrape();
    expect(projectsOn(after)).toEqual(new Set(['payments', 'platform']));
    expect(seriesOf(after, { cluster: 'users' })).toEqual([]);
    expect(vanished(after)).toBe(vanished(before));
    const read = 'refresh_last_success_timestamp_seconds';
    expect(valuesOf(after, read, sessions)).toEqual(valuesOf(before, read, sessions));
    expect(seriesOf(after, sessions)).toHaveLength(seriesOf(before, sessions).length);

    running.atlas.intercept(undefined);
    await write(text());
    await hangUp();
    const all = await scrapedUntil((page) => projectsOn(page).has('analytics'));
    expect(vanished(all)).toBe(vanished(before));
  });

  test('of a poll that takes its time publishes nothing of the old configuration', async () => {
    const running = await reloadable({ latencyMs: 250 });
    const { url, text, write, hangUp, scrape, settled, atlas, program } = running;
    await vi.waitFor(() => expect(atlas.requestLog.total).toBeGreaterThan(3), 10_000);
    const waiting = fetch(`${url}/metrics`);
    await write(text('    projects: { include: [platform] }'));
    await hangUp();
    const first = await waiting;
    expect(first.status).toBe(200);
    // The scrape that waited for the first poll got that of the new configuration.
    expect(projectsOn(await first.text())).toEqual(new Set(['platform']));
    expect(projectsOn(await settled())).toEqual(new Set(['platform']));
    expect(valuesOf(await scrape(), 'exporter_projects')).toEqual([1]);
    expect(program.stderr()).toMatch(/"complete":true,"projects":1,.*"first poll completed"/);
  });

  test('says of a project that it newly names and cannot find that it cannot be read', async () => {
    const { text, write, hangUp, settled, scrape, scrapedUntil } = await reloadable();
    await settled();
    await write(text('    projects: { include: ["*", nowhere] }'));
    await hangUp();
    const unread = valuesOf(await scrape(), 'project_refresh_success');
    expect(unread.filter((value) => value === 0)).toHaveLength(1);
    const page = await scrapedUntil((one) => valuesOf(one, 'exporter_poll_success')[0] === 0);
    expect(valuesOf(page, 'project_refresh_success').filter((value) => value === 0)).toEqual([0]);
  });

  test('moves due times by an override, without waiting for a poll', async () => {
    const { text, write, hangUp, settled, scrape, atlas } = await reloadable();
    const due = (page: string) => valuesOf(page, 'snapshot_due_timestamp_seconds', sessions)[0];
    const before = await settled();
    atlas.intercept(() => ({ status: 503, body: '' }));
    await write(text('objectives: { overrides: [{ match: platform/sessions, rpo: 30d }] }'));
    await hangUp();
    const after = await scrape();
    expect(due(before)).toBeGreaterThan(0);
    expect(due(after)).toBeGreaterThan((due(before) ?? Infinity) + 20 * 86_400);
    expect(valuesOf(after, 'rpo_objective_seconds', sessions)).toEqual([30 * 86_400]);
  });

  test('that changes nothing asks Atlas nothing', async () => {
    const { text, write, hangUp, settled, scrape, atlas, program } = await reloadable();
    await settled();
    atlas.requestLog.reset();
    await write(`# a comment\n${text()}`);
    await hangUp();
    expect(program.stderr()).toContain('nothing has changed');
    expect(valuesOf(await scrape(), 'exporter_poll_in_progress')).toEqual([0]);
    expect(atlas.requestLog.total).toBe(0);
  });

  test('keeps the session of an account that is reached as before, and begins one where it is not', async () => {
    const { text, write, hangUp, settled, atlas } = await reloadable();
    await settled();
    atlas.requestLog.reset();
    await write(text('poll: { interval: 7m }'));
    await hangUp();
    await settled();
    expect(atlas.requestLog.total).toBeGreaterThan(20);
    expect(atlas.requestLog.unauthorised).toBe(0);
    await write(text('poll: { interval: 7m, request_timeout: 20s }'));
    await hangUp();
    await settled();
    expect(atlas.requestLog.unauthorised).toBeGreaterThan(0);
  });

  test('exchanges one account for another', async () => {
    const { text, write, hangUp, settled, scrape, atlas } = await reloadable();
    await settled();
    const second = await startedAtlas({ world: demoWorld('second', systemClock()) });
    const moved = text().replace('name: main', 'name: second').replace(atlas.url, second.url);
    await write(moved.replace(/private_key: [^ ]+/, 'private_key: simulator-key'));
    await hangUp();
    const idsIn = (page: string) =>
      new Set(samplesOf(page).flatMap(({ labels }) => labels['project_id'] ?? []));
    const ours = new Set(second.world.projects.map(({ id }) => id));
    expect([...idsIn(await scrape())].filter((id) => !ours.has(id))).toEqual([]);
    atlas.requestLog.reset();
    expect(idsIn(await settled())).toEqual(ours);
    expect(atlas.requestLog.total).toBe(0);
  });
});
