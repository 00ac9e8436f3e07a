import { describe, expect, test } from 'vitest';
import { endpoints } from '../../src/atlas/endpoints.ts';
import { World } from '../../src/simulator/world/world.ts';
import { simulated, start } from '../simulator/client.ts';
import { list, page, paged, project, projectId, projects, range } from './paged.ts';
import { patient, reader } from './reader.ts';
import { failureOf, rawServer, reply } from './transport/wire.ts';

describe('every item of every page', () => {
  test.each([0, 1, 499, 500, 501, 1_000, 1_001])('is read: %i of them', async (count) => {
    const all = projects(1, count).map((it) => ({ ...it, createdAt: start - 1e8 }));
    const simulator = await simulated(new World([], all, []), { rateLimits: 'off' });
    const { items, findings } = await list(reader(simulator.url));
    expect(items.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(findings.rejected).toEqual([]);
    // One page more where the last one is full: without a short page the end is not certain.
    const pages = Math.floor(count / 500) + 1;
    expect(simulator.requestLog.total).toBe(1 + pages);
    expect(new URLSearchParams(simulator.requestLog.entries[0]?.query).get('itemsPerPage')).toBe(
      '500',
    );
  });

  test('is read though its first record has an unknown field of 100,000 nested arrays', async () => {
    const deep = `"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { reading } = await paged(() => {
      const { body, ...answer } = page(projects(1, 2));
      return { ...answer, body: String(body).replace('{"id"', `{${deep},"id"`) };
    });
    expect((await list(reading)).items).toHaveLength(2);
  });

  test('is read when short pages go on with a next link', async () => {
    const { reading, asked } = await paged((n) =>
      page(projects(n * 2 - 1, n * 2), { next: n < 4 }),
    );
    expect((await list(reading)).items.map(({ id }) => id)).toEqual(range(1, 8).map(projectId));
    expect(asked()).toEqual([1, 2, 3, 4]);
  });

  test('is read when full pages have no next link', async () => {
    const { reading, asked } = await paged((n) =>
      page(n < 3 ? projects(n * 500, n * 500 + 499) : projects(1, 1)),
    );
    expect((await list(reading)).items).toHaveLength(1_001);
    expect(asked()).toEqual([1, 2, 3]);
  });

  test('is read until a page is empty, though it has a next link', async () => {
    const { reading, asked } = await paged((n) =>
      page(n < 3 ? projects(n, n) : [], { next: true }),
    );
    expect((await list(reading)).items).toHaveLength(2);
    expect(asked()).toEqual([1, 2, 3]);
  });

  test.each([0, 99, -1, 'many', null, undefined])(
    'is read whatever totalCount says: %s',
    async (totalCount) => {
      const { reading } = await paged(() => page(projects(1, 3), { totalCount }));
      expect((await list(reading)).items).toHaveLength(3);
    },
  );

  test.each([null, 'next', 5, {}, [null], [{ rel: 5 }], [{ href: 'x' }]])(
    'is read whatever the links are: %j',
    async (links) => {
      const { reading } = await paged(() => ({
        ...page([]),
        body: JSON.stringify({ results: projects(1, 3), links }),
      }));
      expect((await list(reading)).items).toHaveLength(3);
    },
  );
});

describe('a listing that cannot be trusted is discarded as a whole:', () => {
  test('its third page of five fails', async () => {
    const { reading, asked } = await paged((n) =>
      n === 3 ? { status: 500 } : page(projects(n, n), { next: n < 5 }),
    );
    expect(await failureOf(list(reading))).toMatchObject({ reason: 'server', status: 500 });
    expect(asked()).toEqual([1, 2, 3, 3, 3]);
  });

  test('its third page is not a page', async () => {
    const { reading } = await paged((n) =>
      n === 3 ? { ...page([]), body: '{}' } : page(projects(n, n), { next: true }),
    );
    expect(await failureOf(list(reading))).toMatchObject({ reason: 'bad_schema' });
  });

  test('its pages repeat', async () => {
    const { reading, asked } = await paged(() => page(projects(1, 500), { next: true }));
    expect(await failureOf(list(reading))).toMatchObject({
      reason: 'pagination',
      code: 'page 2 repeats',
    });
    expect(asked()).toEqual([1, 2]);
  });

  test('its pages go in a circle', async () => {
    const { reading, asked } = await paged((n) =>
      page(n % 2 === 0 ? projects(501, 1_000) : projects(1, 500), { next: true }),
    );
    expect(await failureOf(list(reading))).toMatchObject({
      reason: 'pagination',
      code: 'page 3 repeats',
    });
    expect(asked()).toEqual([1, 2, 3]);
  });

  test('its pages never end', async () => {
    const { reading, asked } = await paged((n) => page([project(n)], { next: true }));
    expect(await failureOf(list(reading))).toMatchObject({
      reason: 'pagination',
      code: 'more than 1000 pages',
    });
    expect(asked()).toHaveLength(1_000);
  });
});

test('an item that moves to the next page meanwhile counts once, and is noted', async () => {
  const { reading } = await paged((n) =>
    n === 1 ? page(projects(1, 500), { next: true }) : page(projects(499, 600)),
  );
  const { items, findings } = await list(reading);
  expect(items.map(({ id }) => id)).toEqual(range(1, 600).map(projectId));
  expect(findings.rejected).toEqual([
    { reason: 'duplicate', id: undefined },
    { reason: 'duplicate', id: undefined },
  ]);
});

test('records that cannot be used are noted and do not end the listing', async () => {
  const { reading } = await paged(() => page([null, 5, 'x', [], {}, project(1), { id: 'x' }]));
  const { items, findings } = await list(reading);
  expect(items).toEqual([project(1)]);
  expect(findings.rejected.map(({ reason }) => reason)).toEqual(Array(6).fill('schema'));
});

test('no link is followed, whatever it names', async () => {
  const elsewhere = await rawServer((socket) => socket.write(reply('{"results":[]}')));
  const port = new URL(elsewhere.url).port;
  const hrefs = [
    `${elsewhere.url}/api/atlas/v2/groups?pageNum=2`,
    `//127.0.0.1:${port}/x`,
    `http://user:secret@127.0.0.1:${port}/`,
    'file:///etc/passwd',
    '/api/atlas/v2/somewhere/else',
  ];
  const { reading, simulator } = await paged((n) => ({
    ...page([]),
    body: JSON.stringify({
      results: projects(n, n),
      links: n > hrefs.length ? [] : [{ rel: 'next', href: hrefs[n - 1] }],
    }),
  }));
  expect((await list(reading)).items).toHaveLength(hrefs.length + 1);
  expect(elsewhere.requests).toEqual([]);
  expect(new Set(simulator.requestLog.entries.map(({ path }) => path))).toEqual(
    new Set(['/api/atlas/v2/groups']),
  );
});

test('the listing of sharded snapshots is one page, asked for without page parameters', async () => {
  const { reading, simulator } = await paged(() => page([], { next: true }));
  const parameters = { groupId: projectId(1), clusterName: 'a b/c' };
  await reading.client.list(endpoints.shardedSnapshots, parameters, patient);
  expect(simulator.requestLog.entries.map(({ path, query }) => [path, query])).toEqual(
    Array(2).fill([
      `/api/atlas/v2/groups/${projectId(1)}/clusters/a%20b%2Fc/backup/snapshots/shardedClusters`,
      '',
    ]),
  );
});

test('a page keeps its own cap, and the unpaged listing a larger one', async () => {
  const body = `{"results":[],"filler":"${'x'.repeat(17 * 2 ** 20)}"}`;
  const { reading } = await paged(() => ({ ...page([]), body }));
  expect(await failureOf(list(reading))).toMatchObject({ reason: 'too_large' });
  const parameters = { groupId: projectId(1), clusterName: 'a' };
  const { items } = await reading.client.list(endpoints.shardedSnapshots, parameters, patient);
  expect(items).toEqual([]);
});

test('incomplete legacy snapshots are asked for as well', async () => {
  const { reading, simulator } = await paged(() => page([]));
  const parameters = { groupId: projectId(1), clusterName: 'a' };
  await reading.client.list(endpoints.legacySnapshots, parameters, patient);
  expect(simulator.requestLog.entries[0]?.query).toBe('completed=all&itemsPerPage=500&pageNum=1');
});
