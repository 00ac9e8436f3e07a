import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { endpoints } from '../../../src/atlas/endpoints.ts';
import { transport } from '../../../src/atlas/transport/http.ts';
import { NoConnection, type Route } from '../../../src/atlas/transport/route.ts';
import { openTunnel } from '../../../src/atlas/transport/tunnel.ts';
import { generatedWorld } from '../../../src/simulator/world/generated-world.ts';
import { opensslInstalled } from '../../openssl.ts';
import { simulated, start } from '../../simulator/client.ts';
import { patient, reader, simulatorAccount } from '../reader.ts';
import { certificate, type Pair } from './certificate.ts';
import { type Answering, startedProxy, tlsBefore } from './proxy.ts';
import { failureOf, never, rawServer, reply, requestFor, wired } from './wire.ts';

const login = { user: 'us er', password: 'p@ss:canary' };
const basic = `Basic ${Buffer.from('us er:p@ss:canary').toString('base64')}`;
const pages = '{"results":[]}';

const through = (origin: string, as?: typeof login, ca?: string): { readonly route: Route } => ({
  route: {
    proxy: async () => ({ origin, login: as }),
    ca: ca === undefined ? undefined : async () => ca,
  },
});

const refusing = (status: string): Answering => {
  return (socket) => {
    socket.resume().write(`HTTP/1.1 ${status}\r\nContent-Length: 6\r\n\r\ncanary`);
  };
};

describe.skipIf(!opensslInstalled)('Atlas through a proxy', () => {
  let pair: Pair = { key: '', cert: '' };
  let proxyPair = pair;
  beforeAll(() => {
    pair = certificate('atlas.test');
    proxyPair = certificate();
  });
  const world = generatedWorld({ seed: 'proxy', projects: 3, clusters: 4 }, start);

  test.each(['http', 'https'])('is read in tunnels: an %s proxy', async (scheme) => {
    const atlas = await simulated(world);
    const port = await tlsBefore(atlas.url, pair);
    const proxy = await startedProxy(undefined, scheme === 'https' ? proxyPair : undefined);
    const { client, heard } = reader(`https://atlas.test:${port}`, {
      ...through(proxy.url, login, `${pair.cert}${proxyPair.cert}`),
      credentials: simulatorAccount,
    });
    const { items } = await client.list(endpoints.projects, {}, patient);
    expect(items.map(({ id }) => id).toSorted()).toEqual(
      world.projects.map(({ id }) => id).toSorted(),
    );
    expect(heard.exchanges.every(({ status }) => status === 200)).toBe(true);
    expect(new Set(proxy.asked)).toEqual(new Set([`atlas.test:${port}`]));
    expect(proxy.others()).toBe(0);
  });

  test('sees nothing of the login, and the proxy nothing of the credentials', async () => {
    const server = await rawServer((socket) => socket.write(reply(pages)));
    const port = await tlsBefore(server.url, pair);
    const proxy = await startedProxy();
    const client = wired(`https://atlas.test:${port}`, [], through(proxy.url, login, pair.cert));
    await client.get('/x', { headers: { authorization: 'Digest atlas-key' } });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toContain('Digest atlas-key');
    expect(server.requests[0]).not.toMatch(/proxy-|canary|Basic/i);
    expect(proxy.heads).toHaveLength(1);
    expect(proxy.heads[0]).toContain(`proxy-authorization\n${basic}`);
    expect(proxy.heads[0]).not.toContain('atlas-key');
  });

  test('with another certificate than its own is not trusted', async () => {
    const server = await rawServer((socket) => socket.write(reply(pages)));
    const port = await tlsBefore(server.url, proxyPair);
    const proxy = await startedProxy();
    const client = wired(`https://atlas.test:${port}`, [], through(proxy.url, login, pair.cert));
    expect(await failureOf(client.get())).toMatchObject({
      reason: 'tls',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT through the proxy',
    });
    expect(server.requests).toEqual([]);
  });

  test('with a certificate for another name is not trusted', async () => {
    const server = await rawServer((socket) => socket.write(reply(pages)));
    const port = await tlsBefore(server.url, pair);
    const proxy = await startedProxy();
    const client = wired(
      `https://elsewhere.test:${port}`,
      [],
      through(proxy.url, login, pair.cert),
    );
    expect(await failureOf(client.get())).toMatchObject({
      reason: 'tls',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID through the proxy',
    });
    expect(server.requests).toEqual([]);
  });

  test('is not reached when the certificate of the proxy is not trusted', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const proxy = await startedProxy(undefined, proxyPair);
    const client = wired('https://atlas.test', [], through(proxy.url, login, pair.cert));
    expect(await failureOf(client.get())).toMatchObject({
      reason: 'network',
      status: 0,
      code: 'the TLS connection to the proxy cannot be trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
    });
    expect(proxy.heads).toEqual([]);
  });
});

describe('a tunnel', () => {
  test('is reused, and closed with the transport', async () => {
    const { url } = await rawServer((socket) => socket.write(reply(pages)));
    const proxy = await startedProxy();
    const { send, close } = transport(url, {
      timeoutMs: 5_000,
      connections: 1,
      ...through(proxy.url),
    });
    for (let n = 0; n < 5; n += 1) expect((await send(requestFor(), never)).status).toBe(200);
    expect(proxy.asked).toEqual([new URL(url).host]);
    expect(proxy.open()).toBe(1);
    await close();
    await vi.waitFor(() => expect(proxy.open()).toBe(0));
  });

  test('counts as a connection', async () => {
    const { url } = await rawServer((socket) => setTimeout(() => socket.write(reply(pages)), 5));
    const proxy = await startedProxy();
    const client = wired(url, [], { connections: 2, ...through(proxy.url) });
    await Promise.all(Array.from({ length: 20 }, () => client.get()));
    expect(proxy.mostOpen()).toBe(2);
  });

  test('that was closed between two requests is no failure', async () => {
    const { url, requests } = await rawServer((socket) => socket.end(reply(pages)));
    const client = wired(url, [], through((await startedProxy()).url));
    for (let n = 0; n < 5; n += 1) expect((await client.get()).status).toBe(200);
    expect(requests).toHaveLength(5);
  });

  test('keeps to the cap on bodies', async () => {
    const { url } = await rawServer((socket) => socket.write(reply('x'.repeat(1_000))));
    const client = wired(url, [], through((await startedProxy()).url));
    expect(await failureOf(client.get('/', { maxBytes: 999 }))).toMatchObject({
      reason: 'too_large',
    });
  });

  test('keeps to the time for a whole exchange', async () => {
    const { url } = await rawServer(() => undefined);
    const client = wired(url, [], { timeoutMs: 60, ...through((await startedProxy()).url) });
    expect(await failureOf(client.get())).toMatchObject({ reason: 'timeout', code: 'after 0.06s' });
  });

  test('outlives the time that was given to open it', async () => {
    const { url } = await rawServer((socket) => setTimeout(() => socket.write('later'), 150));
    const proxy = await startedProxy();
    const tunnel = await openTunnel({ origin: proxy.url, login }, new URL(url).host, {
      secureContext: createSecureContext(),
      timeoutMs: 100,
      signal: never,
    });
    onTestFinished(() => void tunnel.destroy());
    tunnel.write('now');
    expect(String((await once(tunnel, 'data'))[0])).toBe('later');
  });

  test('may be granted with any status of success', async () => {
    const { url } = await rawServer((socket) => socket.write(reply(pages)));
    const proxy = await startedProxy((socket, _, tunnel) => {
      const write = socket.write.bind(socket);
      socket.write = (text: string | Uint8Array) =>
        write(String(text).replace('200 Connection established', '204 So be it'));
      tunnel();
    });
    expect((await wired(url, [], through(proxy.url)).get()).status).toBe(200);
  });

  test.each<[string, (socket: Socket) => unknown]>([
    ['closed', (socket) => socket.end()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('%s within a body is a failure of the network', async (_, cut) => {
    const { url } = await rawServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${pages}`);
    });
    const proxy = await startedProxy((socket, __, tunnel) => {
      tunnel().on('data', (chunk: Buffer) => {
        if (chunk.includes('results')) setImmediate(cut, socket);
      });
    });
    expect(await failureOf(wired(url, [], through(proxy.url)).get())).toMatchObject({
      reason: 'network',
      status: 0,
      code: expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET) through the proxy$/),
    });
  });
});

describe('a proxy that opens no tunnel', () => {
  const target = 'http://atlas.test:8443';

  test.each<[string, typeof login | undefined, string]>([
    ['407 Auth', undefined, 'the proxy answered 407: it wants a user name and password'],
    ['407 Auth', login, 'the proxy answered 407: it does not accept the user name and password'],
    ['401 Auth', login, 'the proxy answered 401: it does not accept the user name and password'],
    [
      '403 No',
      undefined,
      'the proxy answered 403: it does not allow connections to atlas.test:8443',
    ],
    ['500 Bad', undefined, 'the proxy answered 500: it cannot reach atlas.test:8443'],
    ['502 Bad', undefined, 'the proxy answered 502: it cannot reach atlas.test:8443'],
    ['503 Bad', undefined, 'the proxy answered 503: it cannot reach atlas.test:8443'],
    ['504 Bad', undefined, 'the proxy answered 504: it cannot reach atlas.test:8443'],
    ['405 No', undefined, 'the proxy answered 405 instead of opening a tunnel'],
    ['302 Found', undefined, 'the proxy answered 302 instead of opening a tunnel'],
  ])('but answers %s is told by its status: %#', async (status, as, code) => {
    const proxy = await startedProxy(refusing(status));
    const headers = { authorization: 'Digest atlas-key' };
    const error = await failureOf(wired(target, [], through(proxy.url, as)).get('/', { headers }));
    expect(error).toMatchObject({ reason: 'network', status: 0, code });
    expect(error.message).toBe(`projects: network ${code}`);
    expect(proxy.heads.join()).not.toContain('atlas-key');
    await vi.waitFor(() => expect(proxy.open()).toBe(0));
  });

  test.each<[string, Answering, string]>([
    ['closes', (socket) => socket.end(), 'the proxy closed the connection (ECONNRESET)'],
    [
      'resets',
      (socket) => socket.resetAndDestroy(),
      'the proxy closed the connection (ECONNRESET)',
    ],
    [
      'speaks something else',
      (socket) => socket.end('SSH-2.0-canary\r\n'),
      'the proxy did not answer in HTTP (HPE_INVALID_CONSTANT)',
    ],
    [
      'sends endless headers',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}`),
      'the proxy did not answer in HTTP (HPE_HEADER_OVERFLOW)',
    ],
  ])('but %s is a failure of the network', async (_, answer, code) => {
    const proxy = await startedProxy(answer);
    const error = await failureOf(wired(target, [], through(proxy.url)).get());
    expect(error).toMatchObject({ reason: 'network', status: 0, code });
    await vi.waitFor(() => expect(proxy.open()).toBe(0));
  });

  test('because it is not there is a failure of the network', async () => {
    const error = await failureOf(wired(target, [], through('http://127.0.0.1:1')).get());
    expect(error).toMatchObject({
      reason: 'network',
      code: 'the proxy cannot be reached (ECONNREFUSED)',
    });
  });

  test('because nobody knows its name is a failure of the network', async () => {
    const error = await failureOf(wired(target, [], through('http://no-such-proxy.invalid')).get());
    expect(error).toMatchObject({
      reason: 'network',
      code: expect.stringMatching(/^the name of the proxy cannot be resolved \(E/),
    });
  });

  test('because it has no TLS is a failure of the network', async () => {
    const { url } = await startedProxy();
    const client = wired(target, [], through(url.replace('http:', 'https:')));
    expect(await failureOf(client.get())).toMatchObject({
      reason: 'network',
      code: expect.stringMatching(/^the TLS connection to the proxy cannot be trusted \(E/),
    });
  });

  test('in time is a timeout, and its connection goes', async () => {
    const proxy = await startedProxy((socket) => socket.resume());
    const opening = openTunnel({ origin: proxy.url, login }, 'atlas.test:443', {
      secureContext: createSecureContext(),
      timeoutMs: 50,
      signal: never,
    });
    const error = await opening.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoConnection);
    expect(error).toMatchObject({
      reason: 'timeout',
      message: 'the proxy opened no tunnel within 0.05s',
    });
    await vi.waitFor(() => expect(proxy.open()).toBe(0));
  });

  test('does not hold up the end', async () => {
    const proxy = await startedProxy((socket) => socket.resume());
    const { send, close } = transport(target, {
      timeoutMs: 60_000,
      connections: 1,
      ...through(proxy.url),
    });
    onTestFinished(close);
    const pending = failureOf(send(requestFor(), never));
    await vi.waitFor(() => expect(proxy.asked).toHaveLength(1));
    await close();
    expect(await pending).toMatchObject({ reason: 'network' });
    await vi.waitFor(() => expect(proxy.open()).toBe(0));
  });

  test('does not spoil the next connection', async () => {
    const { url } = await rawServer((socket) => socket.write(reply(pages)));
    let times = 0;
    const proxy = await startedProxy((socket, request, tunnel) => {
      times += 1;
      if (times === 1) refusing('503 Later')(socket, request, tunnel);
      else tunnel();
    });
    const client = wired(url, [], { connections: 1, ...through(proxy.url) });
    expect(await failureOf(client.get())).toMatchObject({ reason: 'network' });
    expect((await client.get()).status).toBe(200);
  });

  test('because its file cannot be read is told by the key', async () => {
    const proxy = () =>
      Promise.reject(new NoConnection('network', 'accounts[0].proxy_url_file cannot be used'));
    const error = await failureOf(wired(target, [], { route: { proxy, ca: undefined } }).get());
    expect(error).toMatchObject({
      reason: 'network',
      code: 'accounts[0].proxy_url_file cannot be used',
    });
  });
});
