import { describe, expect, test } from 'vitest';
import { fleets } from '../../metrics/fleets.ts';
import { newRoutes } from '../routes.ts';
import { viewOf } from '../views.ts';

const view = await viewOf(fleets.healthy);
const snapshot = '/clusters/p1/ledger/snapshots/6a7b9d00aaaabbbbccccdddd';
const paths = [
  '/',
  '/?state=late',
  '/metrics',
  '/-/healthy',
  '/-/ready',
  '/api/v1/status',
  '/api/v1/clusters',
  '/api/v1/clusters/p1/ledger',
  '/clusters/p1/ledger',
  snapshot,
  '/assets/live.js',
  '/nothing',
];

/** What the browser of somebody sends whom a page of another site sends here by a name of its own. */
const sent = ['rebound.evil.example', 'localhost.evil.example:10071', '169.254.169.254'].map(
  (host) => ({
    host,
    origin: `http://${host}`,
    referer: `http://${host}/canary`,
    'x-forwarded-host': host,
    'x-forwarded-proto': 'gopher',
    forwarded: `host=${host}`,
  }),
);

// No list of hosts that are let in: nothing follows from a name, and who wants to keep the pages to
// some asks them for a password, which a browser does not send along to another name.
describe('under a foreign name', () => {
  test.each(paths)('%s is what it is under its own', async (path) => {
    for (const headers of sent) {
      const [own, foreign] = [newRoutes({ view }), newRoutes({ view })];
      const [wanted, given] = [await own.get(path), await foreign.get(path, headers)];
      const compared = ({ statusCode, headers, payload }: typeof given) => ({
        statusCode,
        headers: { ...headers, date: '' },
        payload,
      });
      expect(compared(given)).toEqual(compared(wanted));
      // A page starts a poll when one is due, and no more often than under its own name.
      expect(foreign.asked).toEqual({ ...own.asked, scrapes: foreign.asked.scrapes });
      // No other site may read it, nothing is remembered, and nobody is sent away.
      const names = Object.keys(given.headers).join(' ');
      expect(names).not.toMatch(/access-control|set-cookie|location|refresh|link/);
      expect(given.payload + JSON.stringify(given.headers)).not.toMatch(/evil|169\.254|canary/);
    }
  });

  test('a configuration is not read again, unless that is turned on', async () => {
    for (const headers of sent) {
      const { server } = newRoutes({ view });
      const answer = await server.inject({ method: 'POST', url: '/-/reload', headers });
      expect(answer.statusCode).toBe(403);
      expect(answer.payload).toMatch(/^reloading by HTTP is off/);
    }
  });

  test('no site may ask first whether it may read', async () => {
    const { server } = newRoutes({ view });
    for (const url of paths) {
      const headers = { ...sent[0], 'access-control-request-method': 'GET' };
      const { statusCode, headers: given } = await server.inject({
        method: 'OPTIONS',
        url,
        headers,
      });
      expect([404, 405]).toContain(statusCode);
      expect(Object.keys(given).join(' ')).not.toContain('access-control');
    }
  });
});
