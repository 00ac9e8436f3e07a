import { describe, expect, test } from 'vitest';
import { endpoints } from '../../../src/atlas/endpoints.ts';
import { failedReads } from '../../../src/domain/failed-reads.ts';
import { unpacked } from '../../../src/domain/packed-snapshots.ts';
import type { Interception } from '../../../src/simulator/interception.ts';
import { generatedWorld } from '../../../src/simulator/world/generated-world.ts';
import { start } from '../../simulator/client.ts';
import { simulatorAccount } from '../reader.ts';
import { ends, projectId, surveying, worldWith } from './surveying.ts';

const noBackup: Interception = ({ path }) =>
  path.endsWith('/backup/snapshots')
    ? { status: 404, headers: { 'X-Error-Code': 'BACKUP_CONFIG_NOT_FOUND' } }
    : undefined;

describe('a pass', () => {
  test('reads every cluster of every project', async () => {
    const world = generatedWorld({ seed: 'all', projects: 4, clusters: 100 }, start);
    const it = await surveying(world);
    const report = await it.pass({ discover: true });
    expect(failedReads(report)).toEqual([]);
    expect(it.bugs).toEqual([]);
    const all = world.projects.flatMap(({ id }) => world.clusters(id));
    expect(report.backups.size).toBe(100);
    expect(
      [...report.clusters.values()].flatMap((it) => (it.kind === 'read' ? it.value.found : [])),
    ).toHaveLength(all.length);
    expect(report.anomalies).toEqual({
      rejected: [],
      unknown: [],
      duplicateProjects: 0,
      clustersOverLimit: 0,
    });
    // One listing of projects, four of clusters; nothing is asked about clusters without backups.
    const asked = 5 + all.filter(({ kind }) => kind !== 'free').length;
    expect(it.progress.at(-1)).toEqual([asked, asked]);
  });

  test('lists projects and clusters at discovery only', async () => {
    const world = worldWith(2, 2, 'healthy', 'flex');
    const it = await surveying(world);
    await it.pass({ discover: true });
    const report = await it.pass();
    expect([report.projects.size, report.clusters.size, report.backups.size]).toEqual([0, 0, 4]);
    expect(it.asked().every((path) => path.endsWith('/backup/snapshots'))).toBe(true);
    expect(it.asked()).toHaveLength(4);
  });

  test('asks each kind of cluster for its own listing, and a free one for none', async () => {
    const world = worldWith(1, 5, 'healthy', 'sharded', 'geosharded', 'flex', 'free');
    const it = await surveying(world);
    const report = await it.pass({ discover: true });
    const G = `/groups/${projectId(world)}`;
    expect(it.asked().toSorted()).toEqual(
      [
        '/groups',
        `${G}/clusters`,
        `${G}/flexClusters`,
        `${G}/clusters/cluster-1/backup/snapshots`,
        `${G}/clusters/cluster-2/backup/snapshots/shardedClusters`,
        `${G}/clusters/cluster-3/backup/snapshots/shardedClusters`,
        `${G}/flexClusters/cluster-4/backup/snapshots`,
      ].toSorted(),
    );
    expect(ends(world, report.backups)['project-1/cluster-5']).toBe('read');
  });

  test('asks for a cluster without backup, and takes "no backup" for no snapshots', async () => {
    const world = worldWith(1, 1, 'neverEnabled');
    const it = await surveying(world);
    it.answer(noBackup);
    const report = await it.pass({ discover: true });
    const [reading] = report.backups.values();
    expect(reading?.kind === 'read' && unpacked(reading.value.snapshots)).toEqual([]);
  });

  test('does not take "no backup" for no snapshots where backup is on', async () => {
    const world = worldWith(1, 1, 'healthy');
    const it = await surveying(world);
    it.answer(noBackup);
    const report = await it.pass({ discover: true });
    expect(ends(world, report.backups)).toEqual({ 'project-1/cluster-1': 'not_found' });
  });

  test('through API v1.0 asks for nothing of flex', async () => {
    const world = worldWith(1, 4, 'healthy', 'sharded', 'flex', 'free');
    const it = await surveying(world, { accounts: [{ api: 'v1.0' }] });
    const report = await it.pass({ discover: true });
    expect(ends(world, report.backups)).toEqual({
      'project-1/cluster-1': 'read',
      'project-1/cluster-2': 'read',
      'project-1/cluster-4': 'read',
    });
    expect(it.asked().filter((path) => path.includes('flex'))).toEqual([]);
    expect(
      it.simulator.requestLog.entries.every(({ path }) => path.startsWith('/api/atlas/v1.0/')),
    ).toBe(true);
  });

  test('reads what was not read for longest first', async () => {
    const world = worldWith(1, 9, 'healthy');
    let seconds = 0;
    const it = await surveying(world, { concurrency: 1, now: () => start + seconds });
    await it.pass({ discover: true });
    it.answer(({ path }) => (/\/cluster-[59]\//.test(path) ? { status: 403 } : undefined));
    seconds = 60;
    await it.pass();
    seconds = 120;
    await it.pass();
    expect(
      it
        .asked()
        .slice(0, 2)
        .map((path) => path.split('/')[4]),
    ).toEqual(['cluster-5', 'cluster-9']);
  });
});

describe('legacy snapshots', () => {
  const legacyAsked = (paths: readonly string[]) =>
    paths
      .filter((path) => /\/clusters\/[^/]+\/snapshots$/.test(path))
      .map((path) => path.split('/')[4]);

  test('are asked for where a cluster is old enough to have them', async () => {
    const world = worldWith(1, 3, 'healthy', 'legacyLeftovers', 'flex');
    const it = await surveying(world);
    const report = await it.pass({ discover: true });
    expect(legacyAsked(it.asked())).toEqual(['cluster-2']);
    const reading = report.backups.get(`${projectId(world)}/cluster-2`);
    const sources =
      reading?.kind === 'read' ? unpacked(reading.value.snapshots).map((it) => it.source) : [];
    expect(new Set(sources)).toEqual(new Set(['cloud', 'legacy']));
  });

  test('are asked for at discovery only while there are none', async () => {
    const world = worldWith(1, 2, 'legacyLeftovers');
    const it = await surveying(world);
    it.answer(({ path }) =>
      path.endsWith('/cluster-1/snapshots')
        ? {
            status: 200,
            headers: { 'Content-Type': 'application/json' },
            body: '{"results":[]}',
          }
        : undefined,
    );
    await it.pass({ discover: true });
    expect(legacyAsked(it.asked()).toSorted()).toEqual(['cluster-1', 'cluster-2']);
    await it.pass();
    expect(legacyAsked(it.asked())).toEqual(['cluster-2']);
    await it.pass({ discover: true });
    expect(legacyAsked(it.asked()).toSorted()).toEqual(['cluster-1', 'cluster-2']);
  });

  test('are asked for in mode adaptive at the sweep, whenever that is', async () => {
    const world = worldWith(1, 1, 'legacyLeftovers');
    let now = start;
    const sweepIntervalSeconds = 3_600;
    const it = await surveying(world, {
      schedules: true,
      now: () => now,
      reads: {
        mode: 'adaptive',
        intervalSeconds: 300,
        sweepIntervalSeconds,
        objectives: { graceSeconds: 3_600, stated: () => undefined },
      },
    });
    const nothing = { status: 200, headers: { 'Content-Type': 'application/json' } };
    it.answer(({ path }) =>
      path.endsWith('/cluster-1/snapshots') ? { ...nothing, body: '{"results":[]}' } : undefined,
    );
    await it.pass({ discover: true });
    const asked: number[] = [];
    while (now < start + sweepIntervalSeconds) {
      now += 300;
      await it.pass();
      if (legacyAsked(it.asked()).length > 0) asked.push(now);
    }
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['always', ['cluster-1', 'cluster-2']],
    ['never', []],
  ] as const)('are asked for %s when the configuration says so', async (legacy, expected) => {
    const world = worldWith(1, 3, 'healthy', 'legacyLeftovers', 'flex');
    const it = await surveying(world, { accounts: [{ legacy }] });
    await it.pass({ discover: true });
    expect(legacyAsked(it.asked()).toSorted()).toEqual(expected);
  });

  test('that a cluster never had are no failure', async () => {
    const world = worldWith(1, 1, 'healthy');
    const it = await surveying(world, { accounts: [{ legacy: 'always' }] });
    it.answer(({ path }) =>
      path.endsWith('/cluster-1/snapshots')
        ? { status: 400, headers: { 'X-Error-Code': 'BACKUP_JOB_NOT_FOUND' } }
        : undefined,
    );
    const report = await it.pass({ discover: true });
    expect(failedReads(report)).toEqual([]);
  });
});

test('nothing but the calls of the table, and the token request, is ever sent', async () => {
  const world = generatedWorld({ seed: 'reads', projects: 3, clusters: 50 }, start);
  const it = await surveying(world, {
    accounts: [
      { selectsProject: ({ name }) => name === 'project-1', legacy: 'always' },
      { selectsProject: ({ name }) => name === 'project-2', credentials: simulatorAccount },
      { selectsProject: ({ name }) => name === 'project-3', api: 'v1.0' },
    ],
  });
  const entries: { method: string; path: string }[] = [];
  for (const discover of [true, false, true]) {
    await it.pass({ discover });
    entries.push(...it.simulator.requestLog.entries);
  }
  const allowed = Object.values(endpoints)
    .filter(({ form }) => form !== 'one')
    .map(({ path }) => path.replaceAll(/\{\w+\}/g, '[^/]+'))
    .map((path) => new RegExp(`^/api/atlas/(v2|v1\\.0)${path}$`));
  const others = entries.filter(
    ({ method, path }) => method !== 'GET' || !allowed.some((pattern) => pattern.test(path)),
  );
  expect(entries.length).toBeGreaterThan(100);
  expect(others.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/oauth/token']);
});
