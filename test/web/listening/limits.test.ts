import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
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
  test('a request that does not come in whole is ended with 408 within 10 seconds', async () => {
    const place = await listening(manner);
    const part = 'GET /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: ';
    const drips = await connection(place);
    drips.write(part);
    const drip = setInterval(() => drips.write('a'), 1_000);
    const [dripping, ...others] = await Promise.all([
      heard(drips, 12_000),
      said(place, '', 12_000),
      said(place, part, 12_000),
      said(place, `POST /metrics HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(9_000)}`, 12_000),
    ]);
    clearInterval(drip);
    for (const { statuses, closed, seconds } of [dripping, ...others]) {
      expect({ statuses, closed }).toEqual({ statuses: [408], closed: true });
      expect(seconds).toBeGreaterThan(5);
      expect(seconds).toBeLessThan(10);
    }
    expect(place.asked.pages).toEqual([]);
  });

  test('2000 connections that do nothing keep nobody out, and are not kept', async () => {
    const place = await listening(manner);
    const kept = await connection(place);
    const idle = await flood(place, manner === 'TLS' ? 700 : 2_000);
    for (const path of ['/-/healthy', '/-/ready', '/metrics']) {
      expect((await said(place, get(path))).statuses).toEqual([200]);
    }
    if (!kept.closed) await once(kept, 'close');
    const open = () => idle.filter(({ closed }) => !closed).length;
    while (open() > 512) await new Promise(setImmediate);
    // The three that asked have made room for themselves.
    expect(open()).toBeGreaterThan(500);
  });

  test('who asks while others connect and do nothing keeps the connection', async () => {
    const place = await listening(manner);
    const asking = await connection(place);
    for (let n = 0; n < 4; n += 1) {
      asking.write('GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n');
      const [answer] = await once(asking, 'data', { signal: AbortSignal.timeout(5_000) });
      expect(String(answer)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
      await flood(place, 400);
    }
    expect(asking.closed).toBe(false);
  });
});
