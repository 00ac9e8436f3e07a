import { describe, expect, test } from 'vitest';
import { generatedWorld } from '../../../src/simulator/world/generated-world.ts';
import { get, simulated, start } from '../client.ts';

const world = generatedWorld({ seed: 'paging', projects: 7, clusters: 0 }, start);

describe('a listing', () => {
  test('has a hundred on a page unless told, and a link to the next page only when there is one', async () => {
    const simulator = await simulated(world);
    const page = async (query: string) => {
      const { json } = await get(simulator, `/groups${query}`);
      const rels = json.links.map(({ rel }: { rel: string }) => rel);
      return [json.results.length, rels, json.totalCount];
    };
    expect(await page('')).toEqual([7, ['self'], 7]);
    expect(await page('?itemsPerPage=3')).toEqual([3, ['self', 'next'], 7]);
    expect(await page('?itemsPerPage=3&pageNum=3')).toEqual([1, ['self'], 7]);
    expect(await page('?itemsPerPage=7')).toEqual([7, ['self'], 7]);
    expect(await page('?pageNum=9')).toEqual([0, ['self'], 7]);
    expect(await page('?includeCount=false')).toEqual([7, ['self'], undefined]);
    expect(await page('?pretty=true&envelope=true')).toEqual([7, ['self'], 7]);
  });

  test('shows every item once over its pages', async () => {
    const simulator = await simulated(world);
    const seen: string[] = [];
    for (const pageNum of [1, 2, 3, 4]) {
      const { json } = await get(simulator, `/groups?itemsPerPage=2&pageNum=${pageNum}`);
      seen.push(...json.results.map(({ id }: { id: string }) => id));
    }
    expect(seen).toEqual(world.projects.map(({ id }) => id));
  });

  test('links to another host than the one that was asked', async () => {
    const simulator = await simulated(world);
    const { json } = await get(simulator, '/groups?itemsPerPage=3');
    expect(json.links[1].href).toBe(
      'http://localhost:8080/api/atlas/v2/groups?includeCount=true&pageNum=2&itemsPerPage=3',
    );
  });

  test.each(['itemsPerPage=0', 'itemsPerPage=501', 'itemsPerPage=x', 'pageNum=0', 'pageNum=-1'])(
    'refuses %s',
    async (query) => {
      const { status, json } = await get(await simulated(world), `/groups?${query}`);
      expect([status, json.errorCode]).toEqual([400, 'INVALID_QUERY_PARAMETER']);
    },
  );
});
