import { describe, expect, test } from 'vitest';
import type { DetailedSnapshot } from '../../../src/domain/snapshot-details.ts';
import { segment } from '../../../src/html/html.ts';
import type { OneSnapshot, SnapshotRead } from '../../../src/status/one-snapshot.ts';
import { clusterEndpoint } from '../../../src/web/api/cluster.ts';
import { clusterPage } from '../../../src/web/pages/cluster.ts';
import { cluster, fleetAfter, project, snapshotsOf } from '../../domain/reports.ts';
import { completed, day, hour, noon, uncompleted } from '../../domain/snapshots.ts';
import { fleetNames, fleets } from '../../metrics/fleets.ts';
import { leastWorkOf } from '../../stopwatch.ts';
import { newRoutes } from '../routes.ts';
import { viewOf } from '../views.ts';
import { hostileNames } from './hostile-names.ts';

const healthy = await viewOf(fleets.healthy);
const facts = { telemetryPath: '/metrics', version: '1.2.3' };

describe('the page of a cluster', () => {
  test.each(['/clusters/p1/nope', '/clusters/nope/ledger', '/api/v1/clusters/p1/nope'])(
    '%s is unknown, with a constant body',
    async (path) => {
      const { statusCode, payload } = await newRoutes({ view: healthy }).get(path);
      expect({ statusCode, payload }).toEqual({ statusCode: 404, payload: 'not found\n' });
    },
  );

  test.each(fleetNames)(
    'and its JSON are there for every cluster of the fleet %s',
    async (name) => {
      const view = await viewOf(fleets[name]);
      const { get } = newRoutes({ view });
      for (const { cluster: one, projectName } of view.rows) {
        const page = await get(`/clusters/${one.projectId}/${one.name}`);
        expect(page.statusCode).toBe(200);
        expect(page.payload).toContain(`${projectName}/${one.name}</h1>`);
        expect(page.payload).not.toMatch(/undefined|NaN|Infinity|\[object/);
        const json = await get(`/api/v1/clusters/${one.projectId}/${one.name}`);
        expect(json.statusCode).toBe(200);
        expect(clusterEndpoint.schema.strict().parse(json.json())).toEqual(json.json());
      }
    },
  );

  test('starts a poll when the data is old, as a scrape does', async () => {
    const { get, asked } = newRoutes({ view: healthy });
    await get('/clusters/p1/ledger');
    expect(asked.refreshes).toBe(1);
  });

  test('does not let any of 200 hostile names out of its place', async () => {
    expect(hostileNames.length).toBe(200);
    for (const name of hostileNames) {
      const view = await viewOf(
        fleetAfter([
          {
            projects: { a: [project('p', name)] },
            clusters: { p: [{ ...cluster('p/x'), name }] },
            backups: { [`p/${name}`]: [completed(noon)] },
          },
        ]),
      );
      const { statusCode, payload } = await newRoutes({ view }).get(`/clusters/p/${segment(name)}`);
      if (statusCode === 404) {
        // Halves of characters cannot be written into an address, and dots are a step in it.
        expect(/^\.+$/.test(name) || !name.isWellFormed()).toBe(true);
        continue;
      }
      expect(statusCode).toBe(200);
      expect(tagsOf(payload)).toEqual(usualTags);
    }
  });

  const tagsOf = (page: string) =>
    [...new Set([...page.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag = '']) => tag))].toSorted();
  const usualTags = tagsOf(clusterPage(healthy, { project: 'p1', cluster: 'ledger' }, facts) ?? '');

  test('of 500 snapshots takes less than 20 ms and 300 KB, and says what it leaves out', async () => {
    const snapshots = Array.from({ length: 500 }, (_, n) =>
      n % 50 === 49
        ? uncompleted('failed', noon - n * hour)
        : completed(noon - n * hour, { expiresAt: noon + (1 + n) * day, sizeBytes: 1e9 + n }),
    );
    const view = await viewOf(
      fleetAfter([
        {
          projects: { a: ['p'] },
          clusters: { p: ['x'] },
          backups: { 'p/x': snapshots },
        },
      ]),
    );
    const render = () => clusterPage(view, { project: 'p', cluster: 'x' }, facts) ?? '';
    const page = render();
    expect(Buffer.byteLength(page)).toBeLessThan(300_000);
    expect(page).toContain('392 more are in the');
    expect(page.match(/<tr id="s/g)?.length).toBe(108);
    expect(await leastWorkOf(render, 15)).toBeLessThan(20);
  });
});

describe('the page of a snapshot', () => {
  const [row] = healthy.rows;
  const [listed] = snapshotsOf(row?.known) ?? [];
  if (row === undefined || listed === undefined) throw new Error('there is none');
  const details = {
    description: 'before the upgrade',
    replicaSetName: 'rs0',
    configServerType: undefined,
    copyRegions: ['US_WEST_2'],
    incremental: undefined,
    members: [{ id: 'member', cloudProvider: 'GCP', replicaSetName: 'shard-1' }],
    parts: [],
  } as const;
  const value: DetailedSnapshot = { ...listed, details };
  const address = `/clusters/p1/ledger/snapshots/${listed.id}`;

  function routes(read: SnapshotRead) {
    const asks: boolean[] = [];
    const one: OneSnapshot = {
      row: row as never,
      listed: listed as never,
      read,
      now: noon,
      keptSeconds: 300,
    };
    const { get, send } = newRoutes({
      view: healthy,
      snapshot: async ({ project: p, cluster: c, id }, { ask }) => {
        asks.push(ask);
        return p === 'p1' && c === 'ledger' && id === listed?.id ? one : undefined;
      },
    });
    return { get, send, asks };
  }

  test('of an id that is not listed is unknown, with a constant body', async () => {
    const { get } = routes({ kind: 'busy' });
    const { statusCode, payload } = await get('/clusters/p1/ledger/snapshots/nope');
    expect({ statusCode, payload }).toEqual({ statusCode: 404, payload: 'not found\n' });
  });

  test.each<[string, SnapshotRead, readonly string[], readonly string[]]>([
    [
      'was read',
      { kind: 'read', value, at: noon - 60 },
      ['Read from Atlas by its id', 'before the upgrade', 'US_WEST_2', 'shard-1', 'GCP'],
      ['notice'],
    ],
    [
      'could not be read',
      {
        kind: 'failed',
        failure: { reason: 'forbidden', endpoint: 'snapshot', detail: '403 NO' },
        at: noon,
      },
      ['Grant Project Read Only', 'forbidden, snapshot, 403 NO', 'Showing the listing of'],
      ['before the upgrade'],
    ],
    [
      'is gone',
      {
        kind: 'failed',
        failure: { reason: 'not_found', endpoint: 'snapshot', detail: '404' },
        at: noon,
      },
      ['it has expired, or was deleted'],
      ['renamed'],
    ],
    ['must wait', { kind: 'busy' }, ['one at a time', 'Reload the page'], ['members']],
  ])('that %s says so, and shows what is known', async (_case, read, words, not) => {
    const { statusCode, payload } = await routes(read).get(address);
    expect(statusCode).toBe(200);
    for (const one of [...words, listed.id, '1.9 GiB']) expect(payload).toContain(one);
    for (const one of not) expect(payload).not.toContain(one);
  });

  test('asks Atlas for GET, and not for HEAD, which gives no length', async () => {
    const { get, send, asks } = routes({ kind: 'unasked' });
    const head = await send('HEAD', address);
    expect({ status: head.statusCode, length: head.headers['content-length'] }).toEqual({
      status: 200,
      length: undefined,
    });
    expect(head.payload).toBe('');
    await get(address);
    expect(asks).toEqual([false, true]);
  });
});
