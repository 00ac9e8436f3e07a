import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { probe } from '../../src/cli/probe.ts';
import { emptyFolder, run } from '../e2e/program.ts';
import { accountText } from '../e2e/serving.ts';
import { opensslInstalled } from '../openssl.ts';
import { newAuthority, testFolder } from '../web/listening/certificates.ts';
import { newRoutes } from '../web/routes.ts';
import { secured } from '../web/secured.ts';

/** The routes of an exporter that listen on a port of their own. */
async function listening(healthy: boolean): Promise<{ readonly port: number }> {
  const { server } = newRoutes({ healthy });
  onTestFinished(() => server.close());
  return { port: Number(new URL(await server.listen({ host: '127.0.0.1', port: 0 })).port) };
}

/** A server that takes connections and never says a word. */
async function silent(): Promise<{ readonly port: number }> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

describe('the probe', () => {
  test.each(['127.0.0.1', '0.0.0.0'])(
    'finds an exporter healthy that listens on %s',
    async (host) => {
      const { port } = await listening(true);
      expect(await probe({ host, port })).toEqual({ kind: 'healthy', body: 'healthy' });
    },
  );

  test('repeats why an exporter is not', async () => {
    const found = await probe({ host: '127.0.0.1', ...(await listening(false)) });
    expect(found).toMatchObject({ kind: 'unhealthy', body: expect.stringContaining('a poll') });
  });

  test('does not wait for one that says nothing', async () => {
    const found = await probe({ host: '127.0.0.1', ...(await silent()) }, 100);
    expect(found).toEqual({ kind: 'no-answer', code: 'ETIMEDOUT' });
  });
});

describe.skipIf(!opensslInstalled)('the probe, when the exporter speaks TLS', () => {
  test.each([
    ['asks over TLS, whoever signed the certificate', [], 'healthy'],
    [
      'needs no password',
      [`basic_auth_users: { alice: "${hashSync('opensesame', 4)}" }`],
      'healthy',
    ],
    [
      'goes by the answer alone where a verified client certificate is wanted',
      ['  client_ca_file: ca.pem', '  client_auth_type: RequireAndVerifyClientCert'],
      'wants-certificate',
    ],
    ['or any', ['  client_auth_type: RequireAnyClientCert'], 'wants-certificate'],
    [
      'or any, through TLS 1.2',
      ['  client_auth_type: RequireAnyClientCert', '  max_version: TLS12'],
      'wants-certificate',
    ],
  ])('%s', async (_what, more, kind) => {
    const folder = testFolder();
    newAuthority(folder, 'ca').issue('server', 'DNS:exporter.example.net');
    const lines = ['tls_server_config:', '  cert_file: server.pem', '  key_file: server.key'];
    const { port } = await secured(folder, [...lines, ...more]);
    expect(await probe({ host: '127.0.0.1', port })).toMatchObject({ kind });
  });
});

describe('the command health', () => {
  test('asks where the flag says', async () => {
    const { port } = await listening(true);
    const said = `127.0.0.1:${port} is healthy\n`;
    const ended = await run(['health', '--web.listen-address', `127.0.0.1:${port}`]);
    expect(ended).toMatchObject({ code: 0, stdout: said, stderr: '' });
  });

  test('asks where the configuration says, and ends with 1 when nobody answers there', async () => {
    const cwd = await emptyFolder();
    const text = accountText('https://cloud.mongodb.com', 'web: { listen_address: "127.0.0.1:1" }');
    await writeFile(join(cwd, 'config.yaml'), text);
    const stderr = '127.0.0.1:1 does not answer (ECONNREFUSED)\n';
    expect(await run(['health'], { cwd })).toMatchObject({ code: 1, stdout: '', stderr });
  });

  test('takes no notice of faults in a configuration, which an exporter survives', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'config.yaml'), 'accounts: nonsense');
    const { stdout, stderr } = await run(['health'], { cwd });
    expect(stdout + stderr).toMatch(/^0\.0\.0\.0:10071 /);
  });
});
