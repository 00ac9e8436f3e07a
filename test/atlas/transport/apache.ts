import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export type Served = { readonly path: string; readonly type: string; readonly body: string };
type Key = { readonly user: string; readonly password: string };

const realm = 'MMS Public API';
const modules = [
  ['mpm_event', 'mod_mpm_event'],
  ['authn_core', 'mod_authn_core'],
  ['authn_file', 'mod_authn_file'],
  ['authz_core', 'mod_authz_core'],
  ['authz_user', 'mod_authz_user'],
  ['auth_digest', 'mod_auth_digest'],
  ['alias', 'mod_alias'],
] as const;

/**
 * An Apache of its own, with mod_auth_digest before some files, until the test ends. A nonce lives
 * two seconds there.
 */
export async function apacheServing(
  binary: string,
  modulesFolder: string,
  files: readonly Served[],
  { user, password }: Key,
): Promise<{ readonly url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-apache-'));
  // Started by root, Apache serves as somebody else, who has to get in.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'files'));
  const port = await freePort();
  const secret = createHash('md5').update(`${user}:${realm}:${password}`).digest('hex');
  writeFileSync(join(folder, 'keys'), `${user}:${realm}:${secret}\n`);
  for (const [n, { body }] of files.entries()) {
    writeFileSync(join(folder, 'files', String(n)), body);
  }
  const lines = [
    `ServerRoot "${folder}"`,
    `Listen 127.0.0.1:${port}`,
    'ServerName 127.0.0.1',
    `PidFile "${folder}/pid"`,
    `DefaultRuntimeDir "${folder}"`,
    `ErrorLog "${folder}/errors"`,
    ...modules.map(([name, file]) => `LoadModule ${name}_module "${modulesFolder}/${file}.so"`),
    ...(process.getuid?.() === 0 ? ['User nobody', 'Group nogroup'] : []),
    ...['StartServers 1', 'ThreadsPerChild 25', 'MaxRequestWorkers 25'],
    ...files.map(({ path }, n) => `AliasMatch "^${path}$" "${folder}/files/${n}"`),
    '<Location "/api">',
    ...['AuthType Digest', `AuthName "${realm}"`, 'AuthDigestProvider file'],
    ...[`AuthUserFile "${folder}/keys"`, 'AuthDigestNonceLifetime 2', 'Require valid-user'],
    '</Location>',
    ...files.flatMap(({ path, type }) => [
      `<LocationMatch "^${path}$">`,
      `ForceType "${type}"`,
      '</LocationMatch>',
    ]),
  ];
  writeFileSync(join(folder, 'conf'), `${lines.join('\n')}\n`);
  const server = spawn(binary, ['-d', folder, '-f', join(folder, 'conf'), '-DFOREGROUND'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  onTestFinished(async () => {
    if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, server);
  return { url };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (server.exitCode !== null) throw new Error(`Apache ended with ${server.exitCode}`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await delay(50);
  }
  throw new Error('Apache does not answer');
}
