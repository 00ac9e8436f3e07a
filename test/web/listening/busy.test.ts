import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { defaultLimits, type Limits } from '../../../src/web/listening/limits.ts';
import { newServer } from '../../../src/web/server.ts';
import { emptyView } from '../views.ts';
import { connection, said } from './raw.ts';

const get = 'GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** An exporter whose pages are ready when the test says so. */
async function exporterWith(body: Buffer, changed: Partial<Limits> = {}) {
  const ready = Promise.withResolvers<void>();
  let asked = 0;
  const server = newServer(
    {
      refreshIfDue: () => undefined,
      ready: () => true,
      healthy: () => true,
      firstPoll: async () => undefined,
      page: async () => {
        asked += 1;
        await ready.promise;
        return {
          contentType: 'text/plain',
          contentEncoding: undefined,
          length: body.length,
          body: [body],
        };
      },
      view: async () => emptyView,
      snapshot: async () => undefined,
      scraped: () => undefined,
    },
    {
      telemetryPath: '/metrics',
      version: '1.2.3',
      onError: () => undefined,
      limits: { ...defaultLimits, ...changed },
    },
  );
  onTestFinished(async () => {
    server.server.closeAllConnections();
    await server.close();
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const place = { port: Number(new URL(url).port), tls: false };
  return { place, server: server.server, ready: ready.resolve, asked: () => asked };
}

test('the 41st scrape that would wait is sent away, and comes back', async () => {
  const { place, ready, asked } = await exporterWith(Buffer.from('up 1\n'));
  const waiting = Array.from({ length: 40 }, () => said(place, get, 15_000));
  while (asked() < 40) await new Promise(setImmediate);
  for (const request of [get, get.replace('GET', 'HEAD')]) {
    const { text, statuses } = await said(place, request);
    expect(statuses).toEqual([503]);
    expect(text).toMatch(/\r\nretry-after: 5\r\n/);
    expect(text.endsWith(request === get ? '\r\n\r\nbusy\n' : '\r\n\r\n')).toBe(true);
  }
  expect(asked()).toBe(40);
  ready();
  const answers = await Promise.all(waiting);
  expect(new Set(answers.flatMap(({ statuses }) => statuses))).toEqual(new Set([200]));
  expect((await said(place, get)).statuses).toEqual([200]);
});

test('a client that reads a little now and then is dropped, and knows that some is missing', async () => {
  const { place, ready, server } = await exporterWith(Buffer.alloc(64 * 1024 * 1024, 'a'), {
    answerMs: 1_000,
  });
  ready();
  const dropped = new Promise<number>((resolve) => {
    server.once('connection', (accepted: Socket) => {
      const startedAt = performance.now();
      accepted.once('close', () => resolve((performance.now() - startedAt) / 1000));
    });
  });
  const socket = await connection(place);
  const sip = () => socket.pause();
  socket.on('data', sip);
  const sips = setInterval(() => socket.resume(), 200);
  onTestFinished(() => clearInterval(sips));
  socket.write(get);
  const [first] = await once(socket, 'data');
  expect(String(first)).toContain(`content-length: ${64 * 1024 * 1024}\r\n`);
  const seconds = await dropped;
  expect(seconds).toBeGreaterThan(0.8);
  socket.off('data', sip).resume();
  await once(socket, 'close');
  expect(socket.bytesRead).toBeLessThan(64 * 1024 * 1024);
});
