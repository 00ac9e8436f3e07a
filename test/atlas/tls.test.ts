import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { failureOf, wired } from './wire.ts';

const openssl = process.env['OPENSSL'] ?? 'openssl';
const installed = isInstalled();
if (!installed) console.info('openssl is not installed: the TLS checks are skipped');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-tls-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A certificate that signs itself. */
function certificate() {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    openssl,
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-subj', '/CN=simulator', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-days', '2', '-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

async function secureServer(
  pair: ReturnType<typeof certificate>,
  maxVersion: SecureVersion = 'TLSv1.3',
): Promise<{ readonly url: string; requests: number }> {
  const seen = { url: '', requests: 0 };
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

describe.skipIf(!installed)('a TLS connection', () => {
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

function isInstalled(): boolean {
  try {
    execFileSync(openssl, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
