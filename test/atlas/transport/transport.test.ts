import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { header } from '../../../src/atlas/transport/message.ts';
import { retryAfterMs } from '../../../src/atlas/transport/retry.ts';
import { stopwatch } from '../../stopwatch.ts';
import { acceptedBody } from '../accepted-body.ts';
import { failureOf, never, rawServer, reply, requestFor, wired } from './wire.ts';

const head = (lines: string) => `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${lines}\r\n`;
const pages = '{"results":[]}';

describe('an exchange', () => {
  test('gives status, headers and body', async () => {
    const { url, requests } = await rawServer((socket) => socket.write(reply(pages)));
    const { status, headers, body } = await wired(url).get('/a?b=c%20d');
    expect([status, headers['content-type'], String(body)]).toEqual([
      200,
      'application/json',
      pages,
    ]);
    expect(requests[0]).toMatch(/^GET \/a\?b=c%20d HTTP\/1\.1\r\n/);
  });

  test('gives the first of a header that comes twice', async () => {
    const twice =
      'HTTP/1.1 429 Slow\r\nRetry-After: 3\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n';
    const { url } = await rawServer((socket) => socket.write(twice));
    const response = await wired(url).get();
    expect(header(response, 'retry-after')).toBe('3');
    expect(retryAfterMs(response, 1)).toBe(3_000);
  });

  test('may have a body in pieces that split a letter', async () => {
    const { url } = await rawServer((socket) => {
      const bytes = Buffer.from('{"name":"ключ 😀"}');
      socket.write(head('Transfer-Encoding: chunked\r\n'));
      for (const byte of bytes) socket.write(Buffer.from([0x31, 13, 10, byte, 13, 10]));
      socket.write('0\r\n\r\n');
    });
    expect(String((await wired(url).get()).body)).toBe('{"name":"ключ 😀"}');
  });

  test('reuses its connection', async () => {
    const sockets = new Set<Socket>();
    const { url } = await rawServer((socket) => {
      sockets.add(socket);
      socket.write(reply(pages));
    });
    const client = wired(url);
    for (let n = 0; n < 5; n += 1) await client.get();
    expect(sockets.size).toBeLessThanOrEqual(2);
  });
});

describe('an answer that does not come in time', () => {
  const slowness: readonly [string, (socket: Socket) => unknown][] = [
    ['is never begun', () => undefined],
    ['ends after the head', (socket) => socket.write(head('Content-Length: 100\r\n'))],
    [
      'drips byte by byte',
      (socket) => {
        socket.write(head('Content-Length: 100000\r\n'));
        const timer = setInterval(() => socket.write('x'), 5);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'drips header by header',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write('X-A: b\r\n'), 5);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ];

  test.each(slowness)('is a timeout of the whole exchange: one that %s', async (_, drip) => {
    const { url } = await rawServer(drip);
    const spent = stopwatch();
    expect(await failureOf(wired(url, [], { timeoutMs: 60 }).get())).toMatchObject({
      reason: 'timeout',
      status: 0,
      code: 'after 0.06s',
    });
    expect(spent().idle).toBeLessThan(1_000);
  });

  test('is a timeout too when the poll ends first', async () => {
    const { url, requests } = await rawServer(() => undefined);
    const { send } = wired(url);
    const stopping = new AbortController();
    const pending = failureOf(send(requestFor(), stopping.signal));
    while (requests.length === 0) await new Promise(setImmediate);
    stopping.abort();
    expect(await pending).toMatchObject({ reason: 'timeout', code: 'the poll ended' });
  });

  test('does not spoil the next exchange', async () => {
    const { url } = await rawServer((socket, nth) => {
      if (nth > 1) socket.write(reply(pages));
    });
    const client = wired(url, [], { timeoutMs: 60, connections: 1 });
    await failureOf(client.get());
    expect((await client.get()).status).toBe(200);
  });
});

describe('a broken exchange is a network failure:', () => {
  test('refused', async () => {
    const spent = stopwatch();
    expect(await failureOf(wired('http://127.0.0.1:1').get())).toMatchObject({
      reason: 'network',
      code: 'ECONNREFUSED',
    });
    expect(spent().idle).toBeLessThan(1_000);
  });

  test('a name that does not exist', async () => {
    const error = await failureOf(wired('http://no-such-name.invalid').get());
    expect(error).toMatchObject({ reason: 'network', code: expect.stringMatching(/^E/) });
  });

  const breaks: readonly [string, (socket: Socket) => unknown][] = [
    ['closed before a byte', (socket) => socket.end()],
    ['reset before a byte', (socket) => socket.resetAndDestroy()],
    ['closed within the head', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-')],
    ['closed within the body', (socket) => socket.end(head('Content-Length: 100\r\n') + pages)],
    [
      'reset within the body',
      (socket) => {
        socket.write(head('Content-Length: 100\r\n') + pages, () => socket.resetAndDestroy());
      },
    ],
    [
      'closed between chunks',
      (socket) => socket.end(`${head('Transfer-Encoding: chunked\r\n')}5\r\n{"res\r\n`),
    ],
    ['not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'with two lengths',
      (socket) => socket.end(head('Content-Length: 14\r\nContent-Length: 2\r\n') + pages),
    ],
    ['with a control character in a header', (socket) => socket.end(head('X-A: a\u0000b\r\n'))],
  ];

  test.each(breaks)('%s', async (_, cut) => {
    const { url } = await rawServer(cut);
    expect(await failureOf(wired(url).get())).toMatchObject({ reason: 'network', status: 0 });
  });
});

describe('too much', () => {
  test('of a body ends the exchange at the cap, however it comes', async () => {
    let written = 0;
    const { url } = await rawServer((socket) => {
      socket.write(head('Transfer-Encoding: chunked\r\n'));
      const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
      const more = () => {
        while (!socket.destroyed && written < 2 ** 28) {
          written += 0x4000;
          if (!socket.write(chunk)) {
            socket.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    const error = await failureOf(wired(url).get('/', { maxBytes: 100_000 }));
    expect(error).toMatchObject({ reason: 'too_large', code: 'over 100000 bytes' });
    expect(written).toBeLessThan(2 ** 25);
  });

  test('of a body is one byte more than the cap', async () => {
    const { url } = await rawServer((socket) => socket.write(reply(pages)));
    const client = wired(url);
    expect(String((await client.get('/', { maxBytes: 14 })).body)).toBe(pages);
    expect(await failureOf(client.get('/', { maxBytes: 13 }))).toMatchObject({
      reason: 'too_large',
    });
    expect(String((await client.get('/')).body)).toBe(pages);
  });

  test('of headers is refused', async () => {
    const { url } = await rawServer((socket) =>
      socket.write(head(`X-A: ${'a'.repeat(20_000)}\r\nContent-Length: 0\r\n`)),
    );
    expect(await failureOf(wired(url).get())).toMatchObject({ reason: 'too_large' });
  });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%i is never followed', async (status) => {
    const elsewhere = await rawServer((socket) => socket.write(reply(pages)));
    const here = await rawServer((socket) =>
      socket.write(
        reply('', { status: `${status} Moved`, headers: { Location: `${elsewhere.url}/x` } }),
      ),
    );
    const response = await wired(here.url).get();
    expect(
      await failureOf(Promise.resolve().then(() => acceptedBody('projects', response))),
    ).toMatchObject({ reason: 'redirect', status });
    expect(elsewhere.requests).toEqual([]);
    expect(here.requests).toHaveLength(1);
  });

  test('to the same server is not followed either', async () => {
    const { url, requests } = await rawServer((socket) =>
      socket.write(reply('', { status: '302 Found', headers: { Location: '/other' } })),
    );
    expect((await wired(url).get()).status).toBe(302);
    expect(requests).toHaveLength(1);
  });
});

test('a body that is compressed though identity was asked for is not unpacked', async () => {
  const { url } = await rawServer((socket) =>
    socket.write(
      reply(Buffer.from([0x1f, 0x8b, 8, 0]), { headers: { 'Content-Encoding': 'gzip' } }),
    ),
  );
  const response = await wired(url).get();
  const error = await failureOf(Promise.resolve().then(() => acceptedBody('projects', response)));
  expect(error.reason).toBe('bad_json');
});

test('no message of an error holds what was sent or received', async () => {
  const { url } = await rawServer((socket) =>
    socket.end('HTTP/1.1 200 OK\r\nX: canary\u0000\r\n\r\n'),
  );
  const headers = { authorization: 'Basic canary' };
  const error = await failureOf(wired(url).send(requestFor('/canary', { headers }), never));
  expect(`${error.message} ${error.code} ${error.reason}`).not.toContain('canary');
});

test('a connection that the server closed between two requests is no failure after a retry', async () => {
  const { url, requests } = await rawServer((socket) => socket.end(reply(pages)));
  const client = wired(url);
  for (let n = 0; n < 5; n += 1) expect((await client.get()).status).toBe(200);
  expect(requests).toHaveLength(5);
});
