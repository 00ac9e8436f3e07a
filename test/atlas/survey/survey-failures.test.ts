import { describe, expect, test } from 'vitest';
import { failedReads } from '../../../src/domain/failed-reads.ts';
import { unpacked } from '../../../src/domain/packed-snapshots.ts';
import type { RawResponse } from '../../../src/simulator/interception.ts';
import { start } from '../../simulator/client.ts';
import { ends, projectId, surveying, worldWith } from './surveying.ts';

const refusal = (status: number, code: string): RawResponse => ({
  status,
  headers: { 'Content-Type': 'application/json', 'X-Error-Code': code },
  body: JSON.stringify({ error: status, errorCode: code }),
});

test('a listing of a quarter of a million useless records fails nothing and is counted', async () => {
  const world = worldWith(1, 2, 'sharded');
  const it = await surveying(world);
  const useless = 250_000;
  it.answer(({ path }) =>
    path.includes('/cluster-2/')
      ? {
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ results: Array(useless).fill(1) }),
        }
      : undefined,
  );
  const report = await it.pass({ discover: true });
  expect(failedReads(report)).toEqual([]);
  expect(report.anomalies.rejected.length).toBe(useless);
});

describe('a failure of one cluster', () => {
  test.each<[string, RawResponse | 'destroy', string]>([
    ['a 403', refusal(403, 'ACCESS_FORBIDDEN'), 'forbidden'],
    ['a 401 about a role', refusal(401, 'USER_UNAUTHORIZED'), 'forbidden'],
    ['a 403 about the address', refusal(403, 'IP_ADDRESS_NOT_ON_ACCESS_LIST'), 'ip_not_allowed'],
    ['a 402', refusal(402, 'ACCOUNT_SUSPENDED'), 'forbidden'],
    ['a 410', refusal(410, 'VERSION_GONE'), 'version_gone'],
    ['a 500', refusal(500, 'UNEXPECTED_ERROR'), 'server'],
    [
      'HTML',
      { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>' },
      'bad_content_type',
    ],
    ['a redirect', { status: 302, headers: { Location: '/login' } }, 'redirect'],
    ['a cut connection', 'destroy', 'network'],
  ])('by %s is a failure of that one', async (_, canned, reason) => {
    const world = worldWith(2, 3, 'healthy');
    const it = await surveying(world);
    it.answer(({ path }) => (path.includes('/cluster-3/') ? canned : undefined));
    const report = await it.pass({ discover: true });
    expect(ends(world, report.backups)).toEqual({
      'project-1/cluster-1': 'read',
      'project-1/cluster-3': reason,
      'project-1/cluster-5': 'read',
      'project-2/cluster-2': 'read',
      'project-2/cluster-4': 'read',
      'project-2/cluster-6': 'read',
    });
    expect(failedReads(report)).toMatchObject([
      { collector: 'snapshots', failure: { reason, endpoint: 'snapshots' } },
    ]);
  });

  test('costs at most three tries of it', async () => {
    const world = worldWith(1, 3, 'healthy');
    const it = await surveying(world);
    it.answer(({ path }) => (path.includes('/cluster-3/') ? { status: 503 } : undefined));
    await it.pass({ discover: true });
    expect(it.asked().filter((path) => path.includes('/cluster-3/'))).toHaveLength(3);
  });

  test('in its second listing loses the first one too, and claims nothing', async () => {
    const world = worldWith(1, 1, 'legacyLeftovers');
    const it = await surveying(world);
    it.answer(({ path }) => (path.endsWith('/cluster-1/snapshots') ? { status: 403 } : undefined));
    const report = await it.pass({ discover: true });
    expect(ends(world, report.backups)).toEqual({ 'project-1/cluster-1': 'forbidden' });
  });
});

describe('a failure of one project', () => {
  test('by a missing role is that project alone, whichever way Atlas says it', async () => {
    for (const refusal of [401, 403] as const) {
      const world = worldWith(2, 2, 'healthy');
      const projects = [projectId(world, 0)];
      const it = await surveying(world);
      await it.pass({ discover: true });
      it.simulator.credentials.apiKeys = [
        { publicKey: 'simulator', privateKey: 'simulator-key', projects, refusal },
      ];
      const report = await it.pass({ discover: true });
      expect(ends(world, report.projects)).toEqual({ 'account-1': 'read' });
      expect(ends(world, report.clusters)).toEqual({
        'project-1': 'read',
        'project-2': 'forbidden',
      });
      expect(ends(world, report.backups)).toEqual({
        'project-1/cluster-1': 'read',
        'project-1/cluster-3': 'read',
        'project-2/cluster-2': 'forbidden',
        'project-2/cluster-4': 'forbidden',
      });
    }
  });

  test('by a 401 that says nothing is that project alone, when the key works elsewhere', async () => {
    const world = worldWith(2, 3, 'healthy');
    const it = await surveying(world);
    it.answer(({ path }) => (path.includes(projectId(world)) ? { status: 401 } : undefined));
    const report = await it.pass({ discover: true });
    expect(ends(world, report.clusters)).toEqual({ 'project-1': 'forbidden', 'project-2': 'read' });
    expect(Object.values(ends(world, report.backups))).toEqual(['read', 'read', 'read']);
  });

  test('by a 401 on each of its clusters costs one probe', async () => {
    const world = worldWith(2, 10, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    it.answer(({ path }) => (path.includes(`${projectId(world)}/`) ? { status: 401 } : undefined));
    const report = await it.pass();
    const reasons = Object.values(ends(world, report.backups));
    expect(reasons.filter((reason) => reason === 'forbidden')).toHaveLength(10);
    expect(reasons.filter((reason) => reason === 'read')).toHaveLength(10);
    expect(it.asked().filter((path) => path === '/groups')).toHaveLength(1);
  });

  test('that does not answer is not taken for the network', async () => {
    const world = worldWith(2, 10, 'healthy');
    const it = await surveying(world, { concurrency: 1 });
    await it.pass({ discover: true });
    it.answer(({ path }) => (path.includes(`${projectId(world)}/`) ? 'destroy' : undefined));
    const report = await it.pass();
    const reasons = Object.values(ends(world, report.backups));
    expect(reasons.filter((reason) => reason === 'network')).toHaveLength(10);
    expect(reasons.filter((reason) => reason === 'read')).toHaveLength(10);
  });

  test('to list its clusters still reads those that are known', async () => {
    const world = worldWith(2, 2, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    it.answer(({ path }) =>
      path.endsWith(`${projectId(world)}/clusters`) ? { status: 403 } : undefined,
    );
    const report = await it.pass({ discover: true });
    expect(ends(world, report.clusters)).toEqual({ 'project-1': 'forbidden', 'project-2': 'read' });
    expect(Object.values(ends(world, report.backups))).toEqual(Array(4).fill('read'));
    expect(it.fleet().clusters.size).toBe(4);
  });

  test('to list its clusters is tried again in the next pass, discovery or not', async () => {
    const world = worldWith(2, 1, 'healthy');
    const it = await surveying(world);
    const flexListing = `/groups/${projectId(world)}/flexClusters`;
    it.answer(({ path }) => (path.endsWith(flexListing) ? { status: 500 } : undefined));
    await it.pass({ discover: true });
    it.answer(undefined);
    const report = await it.pass();
    expect(ends(world, report.clusters)).toEqual({ 'project-1': 'read' });
    expect(ends(world, report.backups)['project-1/cluster-1']).toBe('read');
  });

  test('to be listed at all leaves what is known', async () => {
    const world = worldWith(2, 1, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    it.answer(({ path }) => (path.endsWith('/groups') ? { status: 500 } : undefined));
    const report = await it.pass({ discover: true });
    expect(ends(world, report.projects)).toEqual({ 'account-1': 'server' });
    expect(Object.values(ends(world, report.backups))).toEqual(['read', 'read']);
    expect(it.fleet().projects.size).toBe(2);
  });
});

test('a fault of our own fails one scope as such, is told, and the others are read', async () => {
  const world = worldWith(2, 1, 'healthy');
  const it = await surveying(world, {
    accounts: [
      {
        selectsCluster: ({ name }) => {
          if (name === 'project-1') throw new TypeError('a bug');
          return true;
        },
      },
    ],
  });
  const report = await it.pass({ discover: true });
  expect(ends(world, report.clusters)).toEqual({ 'project-1': 'internal', 'project-2': 'read' });
  expect(it.bugs).toEqual([`${projectId(world)}: TypeError: a bug`]);
  expect(Object.values(ends(world, report.backups))).toEqual(['read']);
});

test('records that cannot be used are counted, and their ids are not taken for vanished', async () => {
  const world = worldWith(1, 1, 'healthy');
  const it = await surveying(world);
  const id = (n: number) => n.toString(16).padStart(24, '6');
  const good = { id: id(1), status: 'completed', createdAt: '2026-08-12T02:00:00Z' };
  const results = [
    { ...good, storageSizeBytes: 5, snapshotType: 'monthlyish' },
    { ...good, id: id(2) },
    { ...good, id: id(3), createdAt: 'then' },
    { ...good, id: id(4), createdAt: '2026-08-13T02:00:00Z' },
    { ...good, id: id(5), status: 5 },
    { ...good, storageSizeBytes: 5 },
  ];
  it.answer(({ path }) =>
    path.endsWith('/backup/snapshots')
      ? {
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ results }),
        }
      : undefined,
  );
  const report = await it.pass({ discover: true });
  const [reading] = report.backups.values();
  expect(reading).toMatchObject({
    kind: 'read',
    at: start,
    value: { rejectedFutureAt: Date.UTC(2026, 7, 13, 2) / 1000 },
  });
  const listing = reading?.kind === 'read' ? reading.value : undefined;
  expect(unpacked(listing?.snapshots ?? [])).toMatchObject([{ id: id(1) }, { id: id(2) }]);
  expect(reading?.kind === 'read' && reading.value.rejectedIds).toEqual([
    id(2),
    id(3),
    id(4),
    id(5),
  ]);
  expect(report.anomalies).toMatchObject({
    rejected: ['size', 'date', 'future', 'schema', 'duplicate'],
    unknown: [{ field: 'snapshotType', value: 'monthlyish' }],
  });
});
