import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newTlsListener } from '../../../src/web/listening/tls-listener.ts';
import { opensslInstalled } from '../../openssl.ts';
import { secured } from '../secured.ts';
import { newAuthority, type Pair, testFolder } from './certificates.ts';
import { ask, sClient } from './tls-clients.ts';

/** A listener whose certificate `server` signs `ca`. */
async function listener(...more: readonly string[]) {
  const folder = testFolder();
  const ca = newAuthority(folder, 'ca');
  const pair = ca.issue('server');
  const lines = ['tls_server_config:', '  cert_file: server.pem', '  key_file: server.key'];
  return { ca, pair, folder, ...(await secured(folder, [...lines, ...more])) };
}

/** A server of Node.js as it comes, but for older versions: shows that the client can do it. */
async function permissive({ cert, key }: Pair): Promise<number> {
  const files = { cert: readFileSync(cert), key: readFileSync(key) };
  const old = { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' };
  const server = createServer({ ...files, ...old }, (_, response) => response.end('healthy\n'));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const answered = 'HTTP/1.1 200 OK';
const old = ['-cipher', 'DEFAULT@SECLEVEL=0'];

describe.skipIf(!opensslInstalled)('the TLS listener', () => {
  test.each([
    ['-tls1', old],
    ['-tls1_1', old],
  ])('refuses %s, which the client would speak', async (version, more) => {
    const { port, pair } = await listener();
    expect(await sClient(await permissive(pair), [version, ...more])).toContain(answered);
    const said = await sClient(port, [version, ...more]);
    expect(said).not.toContain(answered);
    expect(said).toContain('alert protocol version');
  });

  test.each(['-tls1_2', '-tls1_3'])('speaks %s', async (version) => {
    const { port, ca } = await listener();
    const said = await sClient(port, [version, '-CAfile', ca.cert]);
    expect(said).toContain(answered);
    expect(said).toContain('Verify return code: 0 (ok)');
  });

  test('does not renegotiate, which the client would do', async () => {
    const { port, pair } = await listener();
    const renegotiating = (to: number) => sClient(to, ['-tls1_2'], 'renegotiates first');
    const lax = await renegotiating(await permissive(pair));
    expect(lax).toContain('RENEGOTIATING');
    expect(lax).toContain(answered);
    const strict = await renegotiating(port);
    expect(strict).toContain('RENEGOTIATING');
    expect(strict).toContain('no renegotiation');
    expect(strict).not.toContain(answered);
  });

  test('with min_version TLS13 refuses TLS 1.2, and with max_version TLS12 refuses TLS 1.3', async () => {
    const newest = await listener('  min_version: TLS13');
    expect(await sClient(newest.port, ['-tls1_2'])).not.toContain(answered);
    expect(await sClient(newest.port, ['-tls1_3'])).toContain(answered);
    const older = await listener('  max_version: TLS12');
    expect(await sClient(older.port, ['-tls1_3'])).not.toContain(answered);
    expect(await sClient(older.port, ['-tls1_2'])).toContain(answered);
  });

  test('takes the suites that are listed, in their order, and always those of TLS 1.3', async () => {
    const suites = [
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    ];
    const { port } = await listener(`  cipher_suites: [${suites.join(', ')}]`);
    const offered = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384';
    const twelve = (cipher: string) => sClient(port, ['-tls1_2', '-cipher', cipher]);
    expect(await twelve(offered)).toMatch(/Cipher is ECDHE-ECDSA-AES256-GCM-SHA384/);
    expect(await twelve('ECDHE-ECDSA-CHACHA20-POLY1305')).not.toContain(answered);
    expect(await sClient(port, ['-tls1_3'])).toContain(answered);
  });

  test('with suites of TLS 1.3 only, has none for TLS 1.2', async () => {
    const { port } = await listener('  cipher_suites: [TLS_AES_128_GCM_SHA256]');
    expect(await sClient(port, ['-tls1_2'])).not.toContain(answered);
    expect(await sClient(port, ['-tls1_3'])).toContain(answered);
  });

  test('with prefer_server_cipher_suites false lets the client choose', async () => {
    const { port } = await listener('  prefer_server_cipher_suites: false');
    const offered = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384';
    const said = await sClient(port, ['-tls1_2', '-cipher', offered]);
    expect(said).toMatch(/Cipher is ECDHE-ECDSA-AES128-GCM-SHA256/);
  });

  test('takes the curves that are listed', async () => {
    const { port } = await listener('  curve_preferences: [CurveP384]');
    expect(await sClient(port, ['-curves', 'P-384'])).toMatch(/Server Temp Key: ECDH.*384/);
    expect(await sClient(port, ['-curves', 'X25519'])).not.toContain(answered);
  });

  test('speaks HTTP/1.1, and has nothing for a client that wants only HTTP/2', async () => {
    const { port } = await listener();
    expect(await sClient(port, ['-alpn', 'h2,http/1.1'])).toContain('ALPN protocol: http/1.1');
    expect(await sClient(port, ['-alpn', 'h2'])).not.toContain(answered);
  });

  test('has nothing for a client that speaks plain HTTP', async () => {
    const { port, asked, log } = await listener();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
    expect(asked.pages).toEqual([]);
    expect(log()).toMatchObject([{ msg: 'a TLS connection was refused' }]);
  });
});

test.skipIf(!opensslInstalled)('who does not end the handshake in time is dropped', async () => {
  const { cert, key } = newAuthority(testFolder(), 'ca').issue('server');
  const server = createServer();
  const refusals: string[] = [];
  const client = { asks: false, requires: false, verifies: false, names: undefined };
  const terms = { client, options: { cert: readFileSync(cert), key: readFileSync(key) } };
  newTlsListener({
    refresh: async () => undefined,
    terms: () => terms,
    refused: (_client, why) => refusals.push(why),
    maxHandshakeMs: 50,
  }).guard(server);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.resume();
  await once(socket, 'close');
  expect(refusals).toEqual(['ERR_TLS_HANDSHAKE_TIMEOUT']);
});

/** What a client gets: `true` for an answer. */
async function gets(port: number, ca: string, client?: Pair): Promise<boolean> {
  return ask(port, client === undefined ? { ca } : { ca, client }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

describe.skipIf(!opensslInstalled)('client certificates', () => {
  const nobody = 'nobody';
  const known = 'known';
  const stranger = 'stranger';
  test.each([
    ['NoClientCert', [nobody, known, stranger]],
    ['RequestClientCert', [nobody, known, stranger]],
    ['RequireAnyClientCert', [known, stranger]],
    ['RequireClientCert', [known, stranger]],
    ['VerifyClientCertIfGiven', [nobody, known]],
    ['RequireAndVerifyClientCert', [known]],
  ])('with %s, %j get in', async (type, welcome) => {
    const authority = type === 'NoClientCert' ? [] : ['  client_ca_file: ca.pem'];
    const { port, ca, asked } = await listener(`  client_auth_type: ${type}`, ...authority);
    const clients = {
      nobody: undefined,
      known: ca.issue('client'),
      // Of the same name, so that only the signature tells them apart.
      stranger: newAuthority(testFolder(), 'ca').issue('client'),
    };
    for (const [who, client] of Object.entries(clients)) {
      expect({ who, in: await gets(port, ca.cert, client) }).toEqual({
        who,
        in: welcome.includes(who),
      });
    }
    expect(asked.pages).toEqual([]);
  });

  test.each([
    ['DNS:prometheus', true],
    ['DNS:other,DNS:prometheus', true],
    ['DNS:Prometheus', false],
    ['DNS:*', false],
    ['DNS:prometheus.example.net', false],
    ['IP:127.0.0.5', true],
    ['IP:0:0:0:0:0:0:0:5', true],
    ['IP:::6', false],
    ['URI:spiffe://cluster/ns/monitoring', true],
    ['email:sre@example.net', true],
    ['otherName:1.2.3.4;UTF8:prometheus', false],
  ])('of the name %s: %s', async (sans, welcome) => {
    const allowed =
      '[prometheus, 127.0.0.5, "::5", "spiffe://cluster/ns/monitoring", sre@example.net]';
    const { port, ca, log } = await listener(
      '  client_ca_file: ca.pem',
      '  client_auth_type: RequireAndVerifyClientCert',
      `  client_allowed_sans: ${allowed}`,
    );
    // The common name is no name that counts.
    const client = ca.issue('prometheus', sans);
    expect(await gets(port, ca.cert, client)).toBe(welcome);
    if (!welcome) {
      expect(log()).toMatchObject([
        { why: 'its certificate has none of the names in client_allowed_sans' },
      ]);
    }
  });
});
