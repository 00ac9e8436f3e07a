import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { certificate, type Pair } from '../atlas/transport/certificate.ts';
import { startedProxy, type TestProxy, tlsBefore } from '../atlas/transport/proxy.ts';
import { canary, canaryPieces } from '../config/loading.ts';
import { opensslInstalled } from '../openssl.ts';
import { emptyFolder, run, startedProgram } from './program.ts';
import { accountText, scrapeOf, startedAtlas } from './serving.ts';

const world = generatedWorld({ seed: 'proxy', projects: 2, clusters: 3 }, systemClock());
const encoded = `us%20er:${canary}%40x`;
const basic = `Basic ${Buffer.from(`us er:${canary}@x`).toString('base64')}`;

/** The URL of a proxy with the user name and password in it. */
const withLogin = ({ url }: TestProxy) => url.replace('://', `://${encoded}@`);

/** That no output has the password, as it is or as it was sent. */
function expectNoSecret(...outputs: readonly string[]): void {
  const sent = basic.slice('Basic '.length);
  for (const output of outputs) {
    for (const piece of [...canaryPieces, sent]) expect(output).not.toContain(piece);
  }
}

describe.skipIf(!opensslInstalled)('behind a proxy', () => {
  let pair: Pair = { key: '', cert: '' };
  beforeAll(() => {
    pair = certificate('atlas.test');
  });

  /** Atlas under a name that only the proxy knows, and a folder with a configuration for it. */
  async function surroundings(...keys: readonly string[]) {
    const atlas = await startedAtlas({ world });
    const port = await tlsBefore(atlas.url, pair);
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'ca.pem'), pair.cert);
    const text = accountText(`https://atlas.test:${port}`, ...keys);
    await writeFile(join(cwd, 'config.yaml'), text);
    return { atlas, cwd, port };
  }

  test('check --online goes where the environment says, and names the proxy without its login', async () => {
    const proxy = await startedProxy();
    const { cwd, port } = await surroundings('    ca_file: ca.pem');
    const env = { HTTPS_PROXY: withLogin(proxy), NO_PROXY: 'example.net' };
    const { code, stdout, stderr } = await run(['check', '--online', '--log.level', 'trace'], {
      cwd,
      env,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`\nAccount main, through the proxy ${proxy.url} (HTTPS_PROXY)\n`);
    expect(stdout.match(/ yes$/gm)).toHaveLength(world.projects.length);
    expect(new Set(proxy.asked)).toEqual(new Set([`atlas.test:${port}`]));
    expect(proxy.heads.every((head) => head.includes(basic))).toBe(true);
    expectNoSecret(stdout, stderr);
  });

  test('check --online says what the proxy refused', async () => {
    const proxy = await startedProxy((socket) =>
      socket.end('HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n'),
    );
    const { atlas, cwd } = await surroundings('    ca_file: ca.pem');
    const env = { https_proxy: withLogin(proxy) };
    const { code, stdout, stderr } = await run(['check', '--online', '--log.level', 'trace'], {
      cwd,
      env,
    });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain(
      'Check DNS, firewall, proxy and routes. (network: projects, the proxy answered 407: it does not accept the user name and password)',
    );
    expect(atlas.requestLog.total).toBe(0);
    expectNoSecret(stdout, stderr);
  });

  test('once logs what the proxy refused, without its login', async () => {
    const proxy = await startedProxy((socket) =>
      socket.end('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n'),
    );
    const { cwd, port } = await surroundings(`    proxy_url: ${withLogin(proxy)}`);
    const { code, stdout, stderr } = await run(['once', '--log.level', 'trace'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(
      `"detail":"the proxy answered 403: it does not allow connections to atlas.test:${port}"`,
    );
    expect(stderr).toContain('"reason":"network"');
    expect(stdout).toContain('mongodbatlas_backup_exporter_poll_success 0\n');
    expectNoSecret(stdout, stderr);
  });

  test('once trusts the authorities that NODE_EXTRA_CA_CERTS names, without ca_file', async () => {
    const proxy = await startedProxy();
    const { cwd } = await surroundings(`    proxy_url: ${proxy.url}`);
    const env = { NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') };
    expect(await run(['once'], { cwd, env })).toMatchObject({ code: 0 });
  });

  test('once trusts the authorities that NODE_EXTRA_CA_CERTS names, beside ca_file', async () => {
    const proxyPair = certificate();
    const proxy = await startedProxy(undefined, proxyPair);
    const keys = [`    proxy_url: ${withLogin(proxy)}`, '    ca_file: other.pem'];
    const { cwd } = await surroundings(...keys);
    await writeFile(join(cwd, 'other.pem'), proxyPair.cert);
    const args = ['once', '--log.level', 'trace'];
    const env = { NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') };
    const both = await run(args, { cwd, env });
    expect(both.code).toBe(0);
    expect(both.stdout).toContain('mongodbatlas_backup_exporter_poll_success 1\n');
    const alone = await run(args, { cwd });
    expect(alone.code).toBe(1);
    expect(alone.stderr).toContain('"reason":"tls"');
    expectNoSecret(both.stdout, both.stderr, alone.stdout, alone.stderr);
  });

  test('serve reads the URL of the proxy from a file, and shows it nowhere', async () => {
    const proxy = await startedProxy();
    const keys = ['    proxy_url_file: proxy-url', '    ca_file: ca.pem'];
    const { cwd } = await surroundings(...keys);
    await writeFile(join(cwd, 'proxy-url'), `${withLogin(proxy)}\n`);
    const args = ['serve', '--web.listen-address', '127.0.0.1:0', '--log.level', 'trace'];
    const program = startedProgram(args, { cwd });
    const url = await vi.waitFor(() => {
      const found = /"url":"([^"]+)"/.exec(program.stderr())?.[1];
      if (found === undefined) throw new Error('it does not serve yet');
      return found;
    }, 10_000);
    const page = await scrapeOf(`${url}/metrics`);
    expect(page.text).toContain('mongodbatlas_backup_exporter_poll_success 1\n');
    expect(proxy.heads.every((head) => head.includes(basic))).toBe(true);
    program.kill('SIGTERM');
    const { stdout, stderr } = await program.ended;
    expectNoSecret(page.text, stdout, stderr);
  });

  test.each([
    ['proxy_url_file: proxy-url', 'accounts[0].proxy_url_file: is not a URL'],
    ['proxy_url_file: missing', 'accounts[0].proxy_url_file: missing cannot be read (ENOENT)'],
    ['ca_file: missing', 'accounts[0].ca_file: missing cannot be read (ENOENT)'],
    ['ca_file: proxy-url', 'accounts[0].ca_file: proxy-url holds no certificate in PEM form'],
  ])('%s is refused before anything is sent', async (key, words) => {
    const { atlas, cwd } = await surroundings(`    ${key}`);
    await writeFile(join(cwd, 'proxy-url'), `http://user:${canary}#x@proxy`);
    const { code, stderr } = await run(['check'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expectNoSecret(stderr);
    expect(atlas.requestLog.total).toBe(0);
  });

  test('a variable that names no proxy is refused by its name', async () => {
    const { cwd } = await surroundings();
    const env = { HTTPS_PROXY: `socks5://user:${canary}@proxy` };
    const { code, stderr } = await run(['check'], { cwd, env });
    expect(code).toBe(2);
    expect(stderr).toBe(
      'HTTPS_PROXY: must start with http:// or https://; no other kind of proxy is supported\n',
    );
  });
});
