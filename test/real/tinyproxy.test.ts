import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { endpoints } from '../../src/atlas/endpoints.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { patient, reader } from '../atlas/reader.ts';
import { certificate, type Pair } from '../atlas/transport/certificate.ts';
import { tlsBefore } from '../atlas/transport/proxy.ts';
import { failureOf } from '../atlas/transport/wire.ts';
import { opensslInstalled } from '../openssl.ts';
import { simulated, start } from '../simulator/client.ts';
import { tool } from './tools.ts';

const tinyproxy = tool('TINYPROXY') ?? '';
const login = { user: 'exporter', password: 'canary' };

/** A tinyproxy that asks for the login and tunnels to one port only, for the length of one test. */
async function tinyproxyTo(allowedPort: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tinyproxy-'));
  const port = await freePort();
  const lines = [
    ...[`Port ${port}`, 'Listen 127.0.0.1', 'Allow 127.0.0.1', 'Timeout 60', 'LogLevel Critical'],
    ...[`BasicAuth ${login.user} ${login.password}`, `ConnectPort ${allowedPort}`],
  ];
  await writeFile(join(folder, 'conf'), `${lines.join('\n')}\n`);
  const child = spawn(tinyproxy, ['-d', '-c', join(folder, 'conf')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true });
  });
  await vi.waitFor(() => reached(port), 10_000);
  return `http://127.0.0.1:${port}`;
}

function reached(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(void socket.destroy()));
    socket.on('error', reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe.skipIf(tinyproxy === '' || !opensslInstalled)('tinyproxy', () => {
  let pair: Pair = { key: '', cert: '' };
  beforeAll(() => {
    pair = certificate('localhost');
  });
  const world = generatedWorld({ seed: 'proxy', projects: 3, clusters: 4 }, start);

  /** The listing of projects, over TLS through tinyproxy. */
  async function listed(as: typeof login | undefined, allows: 'Atlas' | 'something else') {
    const atlas = await simulated(world);
    const port = await tlsBefore(atlas.url, pair);
    const origin = await tinyproxyTo(allows === 'Atlas' ? port : port - 1);
    const proxy = async () => ({ origin, login: as });
    const route = { proxy, ca: async () => pair.cert };
    const { client } = reader(`https://localhost:${port}`, { route });
    return { atlas, port, list: client.list(endpoints.projects, {}, patient) };
  }

  test('lets Atlas be read', async () => {
    const { list } = await listed(login, 'Atlas');
    expect((await list).items).toHaveLength(world.projects.length);
  });

  test.each([
    ['without a login', undefined, 'the proxy answered 407: it wants a user name and password'],
    [
      'with a wrong one',
      { ...login, password: 'wrong' },
      'the proxy answered 401: it does not accept the user name and password',
    ],
  ])('refuses tunnels %s', async (_, as, words) => {
    const { atlas, list } = await listed(as, 'Atlas');
    expect(await failureOf(list)).toMatchObject({
      reason: 'network',
      code: words,
    });
    expect(atlas.requestLog.total).toBe(0);
  });

  test('refuses tunnels to where it must not', async () => {
    const { atlas, port, list } = await listed(login, 'something else');
    expect(await failureOf(list)).toMatchObject({
      reason: 'network',
      code: `the proxy answered 403: it does not allow connections to localhost:${port}`,
    });
    expect(atlas.requestLog.total).toBe(0);
  });
});
