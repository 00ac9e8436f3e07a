import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { opensslInstalled } from '../openssl.ts';
import { newAuthority, testFolder } from '../web/listening/certificates.ts';
import { ask } from '../web/listening/tls-clients.ts';
import { run, startedProgram } from './program.ts';
import { accountText, startedAtlas } from './serving.ts';

const password = 'canary-secret-7f3a';
const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;

/** A folder with config.yaml, a web configuration and its certificates. */
async function prepared() {
  const atlas = await startedAtlas({ world: demoWorld('web', systemClock()) });
  const folder = testFolder();
  const ca = newAuthority(folder, 'ca');
  ca.issue('server');
  writeFileSync(join(folder, 'config.yaml'), accountText(atlas.url, 'log: { level: debug }'));
  const web = [
    'tls_server_config: { cert_file: server.pem, key_file: server.key }',
    `basic_auth_users: { alice: "${hashSync(password, 4)}" }`,
  ];
  writeFileSync(join(folder, 'web.yaml'), web.join('\n'));
  return { atlas, folder, ca };
}

const flags = ['--web.config.file', 'web.yaml'];
const anywhere = ['--web.listen-address', '127.0.0.1:0'];

describe.skipIf(!opensslInstalled)('--web.config.file', () => {
  test('makes serve speak https and ask for a password, which no log has', async () => {
    const { folder: cwd, ca } = await prepared();
    const program = startedProgram(['serve', ...flags, ...anywhere], { cwd });
    const port = await vi.waitFor(() => {
      const found = /"url":"https:\/\/127\.0\.0\.1:(\d+)"/.exec(program.stderr())?.[1];
      if (found === undefined) throw new Error('it does not serve yet');
      return Number(found);
    }, 10_000);
    const asking = { ca: ca.cert, path: '/metrics' };
    expect(await ask(port, asking)).toMatchObject({ status: 401, body: 'unauthorized\n' });
    const { status, body } = await ask(port, { ...asking, authorization });
    expect(status).toBe(200);
    expect(body).toContain('mongodbatlas_backup_exporter_poll_success 1\n');

    // A connection on which nobody ever speaks must not hold up the stop.
    const silent = connect(port, '127.0.0.1');
    silent.on('error', () => undefined);
    onTestFinished(() => void silent.destroy());
    await ask(port, { ca: ca.cert });
    const signalledAt = performance.now();
    program.kill('SIGTERM');
    const { code, stderr } = await program.ended;
    expect(code).toBe(0);
    // Otherwise it would take three seconds.
    expect(performance.now() - signalledAt).toBeLessThan(2_900);
    for (const piece of ['canary', '7f3a', 'alice', '$2b$', 'PRIVATE KEY']) {
      expect(stderr).not.toContain(piece);
    }
  });

  test('makes the demo print addresses with https', async () => {
    const { folder: cwd, ca } = await prepared();
    const program = startedProgram(['demo', ...flags, ...anywhere], { cwd });
    const url = await program.printed(/Metrics +(https:\S+)/);
    expect(program.stdout()).toContain(`Status page      ${new URL(url).origin}/\n`);
    const { status } = await ask(Number(new URL(url).port), { ca: ca.cert });
    expect(status).toBe(200);
  });

  test('is checked beside the configuration', async () => {
    const { folder: cwd } = await prepared();
    expect(await run(['check', ...flags], { cwd })).toMatchObject({
      code: 0,
      stdout: 'The configuration is valid. Accounts: main\nThe web configuration is valid.\n',
      stderr: '',
    });
    writeFileSync(join(cwd, 'config.yaml'), 'acounts: []\n');
    writeFileSync(join(cwd, 'web.yaml'), `basic_auth_users: { alice: ${password} }\n`);
    expect(await run(['check', ...flags], { cwd })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: [
        'config.yaml:1:1: accounts: is required',
        'config.yaml:1:1: unknown key `acounts`; did you mean `accounts`?',
        'web.yaml:1:28: basic_auth_users: is not a bcrypt hash; htpasswd -nBC 10 "" makes one',
        '',
      ].join('\n'),
    });
  });

  test.each(['serve', 'demo'])('that is broken keeps %s from starting', async (command) => {
    const { atlas, folder: cwd } = await prepared();
    writeFileSync(join(cwd, 'web.yaml'), 'tls_server_config: { cert_file: a, key_file: b }\n');
    expect(await run([command, ...flags, ...anywhere], { cwd })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: [
        'web.yaml:1:33: tls_server_config.cert_file: a: there is no such file',
        'web.yaml:1:46: tls_server_config.key_file: b: there is no such file',
        '',
      ].join('\n'),
    });
    expect(atlas.requestLog.total).toBe(0);
  });

  test('that is not there is said', async () => {
    const { folder: cwd } = await prepared();
    expect(await run(['serve', '--web.config.file', 'none.yaml'], { cwd })).toMatchObject({
      code: 2,
      stderr: 'none.yaml: there is no such file\n',
    });
  });
});
