import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stateNames } from '../../../src/alerting/states.ts';
import { directions, sortKeys } from '../../../src/status/fleet-order.ts';
import { fleetQuery, queryText } from '../../../src/web/pages/fleet-query.ts';
import { newRoutes } from '../routes.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const anyQuery = fc.record({
  project: text,
  cluster: text,
  state: fc.constantFrom(undefined, ...stateNames),
  order: fc.record({
    by: fc.constantFrom(...sortKeys),
    direction: fc.constantFrom(...directions),
  }),
  page: fc.integer({ min: 1, max: 9_999_999 }),
  perPage: fc.integer({ min: 1, max: 1000 }),
});

describe('a query', () => {
  test('survives being written into a link and read again', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const written = Object.fromEntries(new URLSearchParams(queryText(query)));
        expect(fleetQuery(written)).toEqual(query);
      }),
    );
  });

  test('of a form that is not filled in asks for everything', () => {
    const empty = { project: '', cluster: '', state: '', sort: '', order: '', page: '' };
    expect(fleetQuery(empty)).toEqual(fleetQuery({}));
  });

  test.each([
    '?state=broken',
    '?state=late&state=ok',
    '?sort=constructor',
    '?order=up',
    '?page=0',
    '?page=-1',
    '?page=1e3',
    '?page=99999999',
    '?per_page=1001',
    '?project[]=x',
    `?project=${'x'.repeat(101)}`,
    '?canary=1',
    '?__proto__=1',
  ])('%s is a bad request for page and list alike', async (query) => {
    for (const path of ['/', '/api/v1/clusters']) {
      const { statusCode, payload } = await newRoutes().get(`${path}${query}`);
      expect({ path, statusCode, payload }).toEqual({
        path,
        statusCode: 400,
        payload: 'bad request\n',
      });
    }
  });
});
