import { describe, expect, test } from 'vitest';
import { newRoutes } from '../routes.ts';

const paths = ['/', '/metrics', '/-/healthy', '/-/ready', '/api/v1/status', '/api/v1/clusters'];
const assets = ['/assets/style.css', '/assets/live.js', '/assets/icon.svg'];
const strange = [
  '/nothing',
  '/metrics/',
  '//metrics',
  '/-/',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/canary<script>',
  `/${'a'.repeat(3000)}`,
];

describe('the routes', () => {
  test.each([
    [true, 200, 'ready\n'],
    [false, 503, 'the first poll has not ended yet\n'],
  ])('readiness follows the first poll: %s', async (ready, statusCode, payload) => {
    const { get } = newRoutes({ ready });
    expect(await get('/-/ready')).toMatchObject({ statusCode, payload });
    expect(await get('/-/healthy')).toMatchObject({ statusCode: 200, payload: 'healthy\n' });
  });

  test('health fails with words when polls end no more, and readiness does not', async () => {
    const { get } = newRoutes({ healthy: false });
    expect(await get('/-/healthy')).toMatchObject({
      statusCode: 503,
      payload: 'a poll began long ago and does not end: restart the exporter\n',
    });
    expect((await get('/-/ready')).statusCode).toBe(200);
    expect((await get('/metrics')).statusCode).toBe(200);
  });

  test('the start page leads to the others, by relative addresses', async () => {
    const { statusCode, headers, payload } = await newRoutes().get('/');
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 200,
      type: 'text/html; charset=utf-8',
    });
    for (const path of ['./metrics', './api/v1/status', './assets/style.css']) {
      expect(payload).toContain(`href="${path}"`);
    }
    expect(payload).toContain('1.2.3');
  });

  test.each([...paths, ...assets])('HEAD %s has the headers of GET and no body', async (path) => {
    const { get, send } = newRoutes();
    const [full, head] = [await get(path), await send('HEAD', path)];
    expect(head.payload).toBe('');
    expect(head.statusCode).toBe(full.statusCode);
    const compared = (headers: typeof full.headers) => ({ ...headers, date: '' });
    expect(compared(head.headers)).toEqual(compared(full.headers));
    expect(Number(head.headers['content-length'])).toBe(full.rawPayload.length);
  });

  test.each([...paths, ...assets])('%s takes GET and HEAD only', async (path) => {
    const { send, asked } = newRoutes();
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const { statusCode, headers, payload } = await send(method, path);
      expect({ statusCode, allow: headers['allow'], payload }).toEqual({
        statusCode: 405,
        allow: 'GET, HEAD',
        payload: 'method not allowed\n',
      });
    }
    expect(asked).toMatchObject({ refreshes: 0, pages: [] });
  });

  test.each(strange)('%s is not echoed and calls nobody', async (path) => {
    const { get, asked } = newRoutes();
    const { statusCode, payload, headers } = await get(path);
    expect([200, 404, 414]).toContain(statusCode);
    if (statusCode !== 200) expect(payload).toBe('not found\n');
    expect(payload + JSON.stringify(headers)).not.toMatch(/canary|passwd|aaaa/);
    expect(asked).toMatchObject({ refreshes: 0, pages: [] });
  });

  test('a path that cannot be decoded is a bad request with a constant body', async () => {
    const { statusCode, payload } = await newRoutes().get('/%zz');
    expect({ statusCode, payload }).toEqual({ statusCode: 400, payload: 'bad request\n' });
  });

  test('every answer has the security headers, errors included', async () => {
    const routes = newRoutes();
    const broken = newRoutes({ broken: true });
    const answers = [
      ...(await Promise.all([...paths, ...strange, '/%zz'].map((path) => routes.get(path)))),
      await routes.send('POST', '/metrics'),
      await routes.send('HEAD', '/nothing'),
      await newRoutes({ ready: false }).get('/-/ready'),
      await broken.get('/metrics'),
    ];
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(
      new Set([200, 400, 404, 405, 500, 503]),
    );
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });
});
