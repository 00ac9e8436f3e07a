import { describe, expect, test } from 'vitest';
import type { RawResponse } from '../../src/simulator/interception.ts';
import type { Simulator } from '../../src/simulator/server.ts';
import { World } from '../../src/simulator/world/world.ts';
import { simulated } from '../simulator/client.ts';
import { list, page, paged, projectId, projects } from './paged.ts';
import { reader } from './reader.ts';
import { failureOf } from './transport/wire.ts';

describe('a listing is read a second time', () => {
  const pages = (counts: readonly unknown[], listings: readonly (readonly object[])[]) => {
    let asks = 0;
    return (n: number): RawResponse => {
      asks += 1;
      const results = listings[asks - 1] ?? [];
      return page(results, { next: n < 2, totalCount: counts[asks - 1] });
    };
  };

  test('when something was deleted while its pages were read', async () => {
    // Project 2 moved to the first page when project 1 went.
    const answers = [projects(1, 1), projects(3, 3), projects(2, 2), projects(3, 3)];
    const { reading, asked } = await paged(pages([3, 2, 2, 2], answers));
    const { items } = await list(reading);
    expect(items.map(({ id }) => id)).toEqual([2, 3].map(projectId));
    expect(asked()).toEqual([1, 2, 1, 2]);
  });

  test('and no more often, though its count never stands still', async () => {
    const answers = [projects(1, 1), projects(2, 2), projects(1, 1), projects(2, 2)];
    const { reading, asked } = await paged(pages([4, 3, 2, 1], answers));
    expect((await list(reading)).items).toHaveLength(2);
    expect(asked()).toEqual([1, 2, 1, 2]);
  });

  test.each([
    ['stays', 2, 2],
    ['is missing on a page', 2, undefined],
    ['is no number', 'two', 'three'],
  ])('not while its count %s', async (_, one, other) => {
    const { reading, asked } = await paged(pages([one, other], [projects(1, 1), projects(2, 2)]));
    expect((await list(reading)).items).toHaveLength(2);
    expect(asked()).toEqual([1, 2]);
  });
});

describe('where pages of 500 are refused', () => {
  const sizes = (simulator: Simulator) =>
    simulator.requestLog.entries
      .filter(({ status }) => status !== 401)
      .map(({ query, status }) => `${new URLSearchParams(query).get('itemsPerPage')}: ${status}`);
  const upTo = async (most: number) => {
    const simulator = await simulated(new World([], [], []), { rateLimits: 'off' });
    simulator.intercept(({ authorised, query }) => {
      if (!authorised) return undefined;
      if (Number(query.get('itemsPerPage')) > most) return { status: 400 };
      return page(query.get('pageNum') === '1' ? projects(1, 100) : projects(101, 150));
    });
    return { simulator, reading: reader(simulator.url) };
  };

  test('pages of 100 are asked for, and from then on no others', async () => {
    const { simulator, reading } = await upTo(100);
    expect((await list(reading)).items).toHaveLength(150);
    expect(sizes(simulator)).toEqual(['500: 400', '100: 200', '100: 200']);
    simulator.requestLog.reset();
    expect((await list(reading)).items).toHaveLength(150);
    expect(sizes(simulator)).toEqual(['100: 200', '100: 200']);
  });

  test('and smaller ones, too, the listing fails, and the next begins anew', async () => {
    const { simulator, reading } = await upTo(0);
    expect(await failureOf(list(reading))).toMatchObject({ reason: 'server', status: 400 });
    expect(await failureOf(list(reading))).toMatchObject({ reason: 'server', status: 400 });
    expect(sizes(simulator)).toEqual(['500: 400', '100: 400', '500: 400', '100: 400']);
  });

  test.each([
    { status: 403 },
    { status: 400, headers: { 'X-Error-Code': 'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API' } },
  ])('no other refusal is taken for that: %j', async (refusal) => {
    const { reading, asked } = await paged(() => refusal);
    expect(await failureOf(list(reading))).toMatchObject({ status: refusal.status });
    expect(asked()).toEqual([1]);
  });
});
