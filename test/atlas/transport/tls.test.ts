import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import tls, { type SecureVersion } from 'node:tls';
import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { direct } from '../../../src/atlas/transport/route.ts';
import { opensslInstalled } from '../../openssl.ts';
import { certificate, type Pair } from './certificate.ts';
import { failureOf, wired } from './wire.ts';

async function secureServer(
  pair: Pair,
  maxVersion: SecureVersion = 'TLSv1.3',
): Promise<{ readonly url: string; requests: number; readonly hangUp: () => void }> {
  const seen = { url: '', requests: 0, hangUp: () => server.closeAllConnections() };
  const ciphers = 'DEFAULT@SECLEVEL=0';
  const options = { ...pair, minVersion: 'TLSv1' as const, maxVersion, ciphers };
  const server: Server = createServer(options, (_, response) => {
    seen.requests += 1;
    response.end('{}');
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  seen.url = `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return seen;
}

afterEach(() => vi.unstubAllEnvs());

describe.skipIf(!opensslInstalled)('a TLS connection', () => {
  test('to a server that signed its own certificate fails closed', async () => {
    const server = await secureServer(certificate());
    expect(await failureOf(wired(server.url).get())).toMatchObject({
      reason: 'tls',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(server.requests).toBe(0);
  });

  test('to a server that speaks only TLS 1.1 fails closed', async () => {
    const server = await secureServer(certificate(), 'TLSv1.1');
    expect(await failureOf(wired(server.url).get())).toMatchObject({ reason: 'tls' });
    expect(server.requests).toBe(0);
  });

  test('to such a server fails closed even where the flags of Node.js allow it', async () => {
    const defaults = [tls.DEFAULT_MIN_VERSION, tls.DEFAULT_CIPHERS] as const;
    onTestFinished(() => {
      [tls.DEFAULT_MIN_VERSION, tls.DEFAULT_CIPHERS] = defaults;
    });
    [tls.DEFAULT_MIN_VERSION, tls.DEFAULT_CIPHERS] = ['TLSv1', 'DEFAULT@SECLEVEL=0'];
    const pair = certificate();
    const server = await secureServer(pair, 'TLSv1.1');
    const options = { route: { ...direct, ca: async () => pair.cert } };
    expect(await failureOf(wired(server.url, [], options).get())).toMatchObject({ reason: 'tls' });
    expect(server.requests).toBe(0);
  });

  test('fails closed even where the environment says not to verify', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const server = await secureServer(certificate());
    expect(await failureOf(wired(server.url).get())).toMatchObject({ reason: 'tls' });
    expect(server.requests).toBe(0);
  });
});

describe.skipIf(!opensslInstalled)('a certificate authority of our own', () => {
  let [pair, other]: Pair[] = [];
  beforeAll(() => {
    [pair, other] = [certificate(), certificate()];
  });
  const trusting = (ca: () => Promise<string>) => ({ route: { ...direct, ca } });

  test('is trusted', async () => {
    const server = await secureServer(pair ?? certificate());
    const options = trusting(async () => `${other?.cert}${pair?.cert}`);
    expect((await wired(server.url, [], options).get()).status).toBe(200);
  });

  test('does not make another one trusted', async () => {
    const server = await secureServer(other ?? certificate());
    const options = trusting(async () => pair?.cert ?? '');
    expect(await failureOf(wired(server.url, [], options).get())).toMatchObject({ reason: 'tls' });
    expect(server.requests).toBe(0);
  });

  test('does not make TLS 1.1 good enough', async () => {
    const server = await secureServer(pair ?? certificate(), 'TLSv1.1');
    const options = trusting(async () => pair?.cert ?? '');
    expect(await failureOf(wired(server.url, [], options).get())).toMatchObject({ reason: 'tls' });
    expect(server.requests).toBe(0);
  });

  test('is looked up anew for every connection', async () => {
    const server = await secureServer(pair ?? certificate());
    let ca = other?.cert ?? '';
    const client = wired(
      server.url,
      [],
      trusting(async () => ca),
    );
    expect(await failureOf(client.get())).toMatchObject({ reason: 'tls' });
    ca = pair?.cert ?? '';
    expect((await client.get()).status).toBe(200);
    server.hangUp();
    ca = other?.cert ?? '';
    await vi.waitFor(async () =>
      expect(await failureOf(client.get())).toMatchObject({ reason: 'tls' }),
    );
  });
});

test('a TLS connection to a server without TLS fails as such', async () => {
  const server = createPlainServer((_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await failureOf(wired(`https://127.0.0.1:${port}`).get())).toMatchObject({
    reason: 'tls',
  });
});
