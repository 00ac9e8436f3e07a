import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { opensslInstalled } from '../../openssl.ts';
import { secured } from '../secured.ts';
import { newAuthority, testFolder } from './certificates.ts';
import { ask, keepingAgent } from './tls-clients.ts';

const replaced = 'certificates reloaded';
const refused = 'the changed certificates are invalid; keeping the previous certificates';

/** A listener with the certificate `first`; `put` copies another pair over its files. */
async function rotating(...more: readonly string[]) {
  const folder = testFolder();
  const made = testFolder();
  const ca = newAuthority(made, 'ca');
  copyFileSync(ca.cert, join(folder, 'ca.pem'));
  const put = (name: string, what: 'both' | 'cert' | 'key' = 'both') => {
    const { cert, key } = ca.issue(name);
    if (what !== 'key') copyFileSync(cert, join(folder, 'tls.crt'));
    if (what !== 'cert') copyFileSync(key, join(folder, 'tls.key'));
  };
  put('first');
  const lines = ['tls_server_config:', '  cert_file: tls.crt', '  key_file: tls.key', ...more];
  const tested = await secured(folder, lines);
  const shown = async () => (await ask(tested.port, { ca: ca.cert })).server;
  const words = () => tested.log().map(({ msg }) => msg);
  return { ...tested, folder, made, ca, put, shown, words, lines };
}

describe.skipIf(!opensslInstalled)('certificates that change', () => {
  test('are shown to the next connection, and the log says until when they are good', async () => {
    const { put, shown, later, log } = await rotating();
    expect(await shown()).toBe('first');
    put('second');
    later();
    expect(await shown()).toBe('second');
    expect(log()).toMatchObject([
      { msg: replaced, validUntil: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) },
    ]);
  });

  test('are not looked for at each connection', async () => {
    const { put, shown, later } = await rotating();
    put('second');
    expect(await shown()).toBe('first');
    later();
    expect(await shown()).toBe('second');
  });

  test('one after the other leave the old pair in use until they fit', async () => {
    const { put, shown, later, words, folder, log } = await rotating();
    put('other', 'cert');
    for (let looks = 0; looks < 3; looks += 1) {
      later();
      expect(await shown()).toBe('first');
    }
    expect(words()).toEqual([refused]);
    expect(log()[0]?.['problems']).toEqual([
      `${folder}/web.yaml:3:13: tls_server_config.key_file: ${folder}/tls.key: is not the key of the certificate`,
    ]);
    put('second');
    later();
    expect(await shown()).toBe('second');
    expect(words()).toEqual([refused, replaced]);
  });

  test('to nonsense, to nothing, or to what has expired leave the old pair in use', async () => {
    const { put, shown, later, folder, words, travel, log } = await rotating();
    const spoil = [
      () => writeFileSync(join(folder, 'tls.crt'), 'nonsense'),
      () => rmSync(join(folder, 'tls.crt')),
      () => {
        put('expired');
        travel(3);
      },
    ];
    for (const [n, how] of spoil.entries()) {
      how();
      later();
      expect(await shown()).toBe('first');
      expect(words()).toEqual(Array(n + 1).fill(refused));
    }
    expect(log().at(-1)?.['problems']).toEqual([
      expect.stringContaining('tls_server_config: the certificate has expired'),
    ]);
  });

  test('do not keep a new user from being used, when they are bad', async () => {
    const { write, lines, later, port, ca, folder, shown } = await rotating();
    writeFileSync(join(folder, 'tls.crt'), 'nonsense');
    const hash = '$2b$04$......................abcdefghijklmnopqrstuvwxyzabcde';
    write([...lines, 'basic_auth_users:', `  alice: ${hash}`]);
    later();
    expect(await shown()).toBe('first');
    expect((await ask(port, { ca: ca.cert, path: '/metrics' })).status).toBe(401);
  });

  test('end kept connections after their next answer, so that nobody stays with the old', async () => {
    const { put, later, port, ca } = await rotating();
    const agent = keepingAgent();
    const kept = () => ask(port, { ca: ca.cert, agent, path: '/metrics' });
    expect(await kept()).toMatchObject({ server: 'first', headers: { connection: 'keep-alive' } });
    put('second');
    later();
    expect(await kept()).toMatchObject({
      status: 200,
      server: 'first',
      headers: { connection: 'close' },
    });
    expect(await kept()).toMatchObject({ server: 'second', headers: { connection: 'keep-alive' } });
    agent.destroy();
  });

  test('swapped by a link, again and again, never break a request', async () => {
    const { made, folder, later, port, ca, words } = await rotating();
    // As Kubernetes does: the files are links into a folder that is replaced whole.
    const swap = (name: string) => {
      const { cert, key } = ca.issue(name);
      mkdirSync(join(folder, name));
      copyFileSync(cert, join(folder, name, 'tls.crt'));
      copyFileSync(key, join(folder, name, 'tls.key'));
      symlinkSync(name, join(folder, 'data.new'));
      renameSync(join(folder, 'data.new'), join(folder, '..data'));
    };
    swap('zero');
    for (const file of ['tls.crt', 'tls.key']) {
      rmSync(join(folder, file));
      symlinkSync(join('..data', file), join(folder, file));
    }
    expect(made).not.toBe(folder);
    const rounds = 8;
    const seen: string[] = [];
    const agent = keepingAgent();
    let over = false;
    const client = async (kept: boolean) => {
      while (!over) {
        const asking = { ca: ca.cert, path: '/metrics', ...(kept ? { agent } : {}) };
        const { status, server } = await ask(port, asking);
        expect(status).toBe(200);
        seen.push(server);
      }
    };
    const clients = Promise.all([client(false), client(false), client(true)]);
    for (let round = 1; round <= rounds; round += 1) {
      swap(`round-${round}`);
      later();
      const { server } = await ask(port, { ca: ca.cert });
      expect(server).toBe(`round-${round}`);
    }
    over = true;
    await clients;
    agent.destroy();
    expect(seen.length).toBeGreaterThan(rounds);
    expect(words().filter((word) => word !== replaced)).toEqual([]);
  });
});

describe.skipIf(!opensslInstalled)('client CAs and policies that change', () => {
  const strict = ['  client_ca_file: ca.pem', '  client_auth_type: RequireAndVerifyClientCert'];

  test('shut out who came in under the old CA, kept connections included', async () => {
    const { ca, folder, later, port, words } = await rotating(...strict);
    const client = ca.issue('client');
    const agent = keepingAgent();
    const kept = () => ask(port, { ca: ca.cert, client, agent, path: '/metrics' });
    expect((await kept()).status).toBe(200);
    const successor = newAuthority(testFolder(), 'ca');
    copyFileSync(successor.cert, join(folder, 'ca.pem'));
    later();
    await kept();
    await expect(kept()).rejects.toThrow();
    await expect(ask(port, { ca: ca.cert, client })).rejects.toThrow();
    const asSuccessor = { ca: ca.cert, client: successor.issue('client') };
    expect((await ask(port, asSuccessor)).status).toBe(200);
    expect(words()).toContain(replaced);
    agent.destroy();
  });

  test.each([
    ['no certificate of clients', 'cert_file: tls.crt, key_file: tls.key'],
    [
      'one only if given',
      'cert_file: tls.crt, key_file: tls.key, client_ca_file: ca.pem, client_auth_type: VerifyClientCertIfGiven',
    ],
  ])('never ask for %s without a restart', async (_what, settings) => {
    const { ca, write, later, port, words } = await rotating(...strict);
    write([`tls_server_config: { ${settings} }`]);
    later();
    await expect(ask(port, { ca: ca.cert })).rejects.toThrow();
    expect((await ask(port, { ca: ca.cert, client: ca.issue('client') })).status).toBe(200);
    expect(words()).toContain(
      'the changed web configuration is invalid; keeping the previous configuration',
    );
  });

  test('ask for more at once', async () => {
    const { ca, write, lines, later, port } = await rotating();
    expect((await ask(port, { ca: ca.cert })).status).toBe(200);
    write([...lines, ...strict, '  client_allowed_sans: [prometheus]']);
    later();
    await expect(ask(port, { ca: ca.cert })).rejects.toThrow();
    const named = ca.issue('client', 'DNS:prometheus');
    expect((await ask(port, { ca: ca.cert, client: named })).status).toBe(200);
  });
});
