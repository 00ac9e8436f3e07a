import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../src/web/listening/limits.ts';
import { newRoutes } from '../routes.ts';
import { type Listening, listening, manners } from './listening.ts';
import { connection, heard, said } from './raw.ts';

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

/** Many connections, all of which the server has taken. */
async function flood(place: Listening, count: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  let taken = 0;
  const take = () => {
    taken += 1;
  };
  place.server.on('connection', take);
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(50, count - sockets.length) }, () =>
      connection(place),
    );
    sockets.push(...(await Promise.all(some)));
    while (taken < sockets.length) await new Promise(setImmediate);
  }
  place.server.off('connection', take);
  return sockets;
}

describe.each(manners)('over %s', (manner) => {
  test('a request that does not come in whole in its time is ended with 408', async () => {
    const place = await listening(manner, { requestMs: 800, lookEveryMs: 50 });
    const part = 'GET /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: ';
    const drips = await connection(place);
    drips.write(part);
    const drip = setInterval(() => drips.write('a'), 100);
    const [dripping, ...others] = await Promise.all([
      heard(drips, 8_000),
      said(place, '', 8_000),
      said(place, part, 8_000),
      said(place, `POST /metrics HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(9_000)}`, 8_000),
    ]);
    clearInterval(drip);
    for (const { statuses, closed, seconds } of [dripping, ...others]) {
      expect({ statuses, closed }).toEqual({ statuses: [408], closed: true });
      expect(seconds).toBeGreaterThan(0.5);
    }
    expect(place.asked.pages).toEqual([]);
  });

  // Handshakes are dear: with TLS fewer do.
  const most = manner === 'TLS' ? 64 : defaultLimits.connections;

  test('many more connections than are kept that do nothing keep nobody out', async () => {
    const place = await listening(manner, { connections: most });
    const kept = await connection(place);
    const idle = await flood(place, 4 * most);
    for (const path of ['/-/healthy', '/-/ready', '/metrics']) {
      expect((await said(place, get(path))).statuses).toEqual([200]);
    }
    if (!kept.closed) await once(kept, 'close');
    const open = () => idle.filter(({ closed }) => !closed).length;
    while (open() > most) await new Promise(setImmediate);
    // The three that asked have made room for themselves.
    expect(open()).toBeGreaterThan(most - 12);
  });

  test('who asks while others connect and do nothing keeps the connection', async () => {
    const place = await listening(manner, { connections: most });
    const asking = await connection(place);
    for (let n = 0; n < 4; n += 1) {
      asking.write('GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n');
      const [answer] = await once(asking, 'data', { signal: AbortSignal.timeout(5_000) });
      expect(String(answer)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
      await flood(place, Math.floor(0.8 * most));
    }
    expect(asking.closed).toBe(false);
  });
});

test('as shipped, the limits are those of the README', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const limit = (pattern: RegExp) => Number(pattern.exec(readme)?.[1]);
  expect(defaultLimits).toMatchObject({
    connections: limit(/^\| (\d+) connections \|/m),
    scrapes: limit(/^\| (\d+) scrapes/m),
    requestMs: limit(/^\| (\d+) seconds to receive a request \|/m) * 1000,
    answerMs: limit(/^\| (\d+) seconds for the client to read the response \|/m) * 1000,
    idleMs: limit(/^\| (\d+) seconds between two requests \|/m) * 1000,
    headerBytes: limit(/^\| (\d+) KiB of URL and headers, \d+ headers \|/m) * 1024,
    headers: limit(/^\| \d+ KiB of URL and headers, (\d+) headers \|/m),
  });
  const { server } = newRoutes();
  const { requestMs, idleMs, headers } = defaultLimits;
  expect(server.server).toMatchObject({
    headersTimeout: requestMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    maxHeadersCount: headers + 1,
  });
});
