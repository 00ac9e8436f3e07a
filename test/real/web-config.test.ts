import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startedProgram } from '../e2e/program.ts';
import { opensslInstalled } from '../openssl.ts';
import { newAuthority, type Pair, testFolder } from '../web/listening/certificates.ts';
import { newRoutes } from '../web/routes.ts';
import { accessFrom } from '../web/secured.ts';
import { scraping, startPrometheus } from './prometheus.ts';
import { tool } from './tools.ts';

const binary = tool('PROMETHEUS');
const htpasswd = tool('HTPASSWD');

/** The demo behind TLS, client certificates and a password. */
async function guardedDemo() {
  const cwd = testFolder();
  const ca = newAuthority(cwd, 'ca');
  ca.issue('server');
  const web = [
    'tls_server_config:',
    ...['  cert_file: server.pem', '  key_file: server.key', '  client_ca_file: ca.pem'],
    ...['  client_auth_type: RequireAndVerifyClientCert', '  client_allowed_sans: [prometheus]'],
    `basic_auth_users: { alice: "${hashSync('opensesame', 8)}" }`,
  ];
  writeFileSync(join(cwd, 'web.yaml'), web.join('\n'));
  const at = ['--web.listen-address', '127.0.0.1:0', '--web.config.file', 'web.yaml'];
  const demo = startedProgram(['demo', ...at], { cwd });
  return { host: new URL(await demo.printed(/Metrics +(\S+)/)).host, ca };
}

describe.skipIf(binary === undefined || !opensslInstalled)('Prometheus', () => {
  type Job = { readonly password: string; readonly client: Pair | undefined; readonly ca: string };

  /** The value of `up` once there is one, and what Prometheus says went wrong. */
  async function upThrough(host: string, { password, client, ca }: Job) {
    const certificate = client && { cert_file: client.cert, key_file: client.key };
    const config = scraping(host, {
      scheme: 'https',
      tls_config: { ca_file: ca, ...certificate },
      basic_auth: { username: 'alice', password },
    });
    const prometheus = await startPrometheus(binary ?? '', config);
    onTestFinished(() => prometheus.stop());
    await prometheus.ready();
    return vi.waitFor(async () => {
      const [up] = await prometheus.values('up');
      if (up === undefined) throw new Error('it has not scraped yet');
      return { up, ages: (await prometheus.values(age)).length };
    }, 30_000);
  }
  const age = 'mongodbatlas_backup_snapshot_last_completed_age_seconds';

  test('scrapes over TLS with its certificate and the password', async () => {
    const { host, ca } = await guardedDemo();
    const client = ca.issue('client', 'DNS:prometheus');
    const { up, ages } = await upThrough(host, { password: 'opensesame', client, ca: ca.cert });
    expect(up).toBe(1);
    expect(ages).toBeGreaterThan(15);
  });

  test.each([
    ['a wrong password', 'wrong', 'DNS:prometheus', true],
    ['a certificate of another name', 'opensesame', 'DNS:grafana', true],
    ['no certificate', 'opensesame', undefined, true],
    ['another CA for the server', 'opensesame', 'DNS:prometheus', false],
  ])('with %s finds the target down', async (_what, password, sans, isOurs) => {
    const { host, ca } = await guardedDemo();
    const client = sans === undefined ? undefined : ca.issue('client', sans);
    const trusted = isOurs ? ca : newAuthority(testFolder(), 'ca');
    expect(await upThrough(host, { password, client, ca: trusted.cert })).toEqual({
      up: 0,
      ages: 0,
    });
  });
});

describe.skipIf(htpasswd === undefined)('htpasswd', () => {
  test.each([5, 10, 12])(
    'makes hashes of cost %d that let in who knows the password',
    async (cost) => {
      const password = 'sésame, ouvre-toi: 1';
      const made = spawnSync(htpasswd ?? '', ['-niBC', String(cost), 'alice'], {
        input: password,
        encoding: 'utf8',
      });
      const [user, hash] = made.stdout.trim().split(':');
      expect(hash).toMatch(new RegExp(`^\\$2y\\$${String(cost).padStart(2, '0')}\\$`));
      const { access } = await accessFrom(testFolder(), [
        `basic_auth_users: { ${user}: "${hash}" }`,
      ]);
      const { get } = newRoutes({ access });
      const statusFor = async (text: string) => {
        const authorization = `Basic ${Buffer.from(`alice:${text}`).toString('base64')}`;
        return (await get('/metrics', { authorization })).statusCode;
      };
      expect(await statusFor(password)).toBe(200);
      expect(await statusFor(`${password} `)).toBe(401);
    },
  );
});
