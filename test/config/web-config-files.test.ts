import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatProblems } from '../../src/config/problem.ts';
import { loadWebConfig } from '../../src/exporter/web-access.ts';
import { opensslInstalled, runOpenssl } from '../openssl.ts';
import { newAuthority, testFolder } from '../web/listening/certificates.ts';

/** What is said of a web configuration beside some certificates; `""` when nothing is wrong. */
async function saidOf(
  lines: readonly string[],
  prepare: (folder: string) => void = () => undefined,
) {
  const folder = testFolder();
  const ca = newAuthority(folder, 'ca');
  ca.issue('server');
  ca.issue('other');
  prepare(folder);
  const file = join(folder, 'web.yaml');
  writeFileSync(file, ['tls_server_config:', ...lines.map((line) => `  ${line}`)].join('\n'));
  const loaded = await loadWebConfig(file);
  const said = loaded.kind === 'ok' ? '' : formatProblems(loaded.problems);
  return said.replaceAll(`${folder}/`, '');
}

const pair = ['cert_file: server.pem', 'key_file: server.key'];
const inline = (key: string, path: string) => [
  `${key}: |`,
  ...readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`),
];

describe.skipIf(!opensslInstalled)('certificates beside a web configuration', () => {
  test('are found from its folder, and may be written into it', async () => {
    expect(await saidOf(pair)).toBe('');
    const folder = testFolder();
    const { cert, key } = newAuthority(folder, 'ca').issue('server');
    const client = ['client_auth_type: RequireAndVerifyClientCert'];
    const texts = [...inline('cert', cert), ...inline('key', key), ...inline('client_ca', cert)];
    expect(await saidOf([...texts, ...client])).toBe('');
  });

  test('may have their chain and parameters of the curve in the same file', async () => {
    const folder = testFolder();
    const ca = newAuthority(folder, 'ca');
    const chain = join(folder, 'chain.pem');
    const { cert, key } = ca.issue('leaf');
    writeFileSync(chain, `Bag Attributes: ü\n${readFileSync(cert)}${readFileSync(ca.cert)}`);
    const withParameters = join(folder, 'parameters.key');
    runOpenssl(['ec', '-in', key, '-out', withParameters]);
    runOpenssl(['ecparam', '-name', 'prime256v1', '-out', join(folder, 'curve')]);
    const both = `${readFileSync(join(folder, 'curve'))}${readFileSync(withParameters)}`;
    writeFileSync(withParameters, both);
    expect(await saidOf([`cert_file: ${chain}`, `key_file: ${withParameters}`])).toBe('');
  });

  const at = (line: number, key: string) => `web.yaml:${line}:14: tls_server_config.${key}: `;
  test.each([
    [
      'a file that is not there',
      ['cert_file: none.pem', 'key_file: none.key'],
      () => undefined,
      `${at(2, 'cert_file')}none.pem: there is no such file\n` +
        'web.yaml:3:13: tls_server_config.key_file: none.key: there is no such file',
    ],
    [
      'a folder',
      ['cert_file: .', 'key_file: server.key'],
      () => undefined,
      `${at(2, 'cert_file')}FOLDER: is a folder, not a file`,
    ],
    [
      'the key of another certificate',
      ['cert_file: server.pem', 'key_file: other.key'],
      () => undefined,
      'web.yaml:3:13: tls_server_config.key_file: other.key: is not the key of the certificate',
    ],
    [
      'certificate and key the wrong way round',
      ['cert_file: server.key', 'key_file: server.pem'],
      () => undefined,
      `${at(2, 'cert_file')}server.key: holds no certificate in PEM form\n` +
        'web.yaml:3:13: tls_server_config.key_file: server.pem: holds no private key in PEM form',
    ],
    [
      'a certificate that was cut off, and a broken key',
      ['cert_file: cut.pem', 'key_file: cut.key'],
      (folder: string) => {
        const cut = (file: string) =>
          readFileSync(join(folder, file), 'utf8').replace(/\n.*\n/, '\n');
        writeFileSync(join(folder, 'cut.pem'), cut('server.pem'));
        writeFileSync(join(folder, 'cut.key'), cut('server.key'));
      },
      `${at(2, 'cert_file')}cut.pem: has a certificate, number 1, that cannot be read\n` +
        'web.yaml:3:13: tls_server_config.key_file: cut.key: holds a private key that cannot be read',
    ],
    [
      'a key with a passphrase',
      ['cert_file: server.pem', 'key_file: locked.key'],
      (folder: string) =>
        runOpenssl([
          ...['ec', '-aes128', '-passout', 'pass:canary'],
          ...['-in', join(folder, 'server.key'), '-out', join(folder, 'locked.key')],
        ]),
      'web.yaml:3:13: tls_server_config.key_file: locked.key: holds a key with a passphrase, which is not supported',
    ],
    [
      'a key that is too short for TLS',
      ['cert_file: weak.pem', 'key_file: weak.key'],
      (folder: string) =>
        runOpenssl([
          ...['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-subj', '/CN=weak', '-days', '2'],
          ...['-keyout', join(folder, 'weak.key'), '-out', join(folder, 'weak.pem')],
        ]),
      `${at(2, 'cert_file')}weak.pem: OpenSSL refuses it (ERR_SSL_EE_KEY_TOO_SMALL)`,
    ],
    [
      'a client CA without a certificate',
      [...pair, 'client_auth_type: RequireAndVerifyClientCert', 'client_ca_file: server.key'],
      () => undefined,
      'web.yaml:5:19: tls_server_config.client_ca_file: server.key: holds no certificate in PEM form',
    ],
    [
      'nonsense in the file itself',
      ['cert: canary', 'key: canary'],
      () => undefined,
      'web.yaml:2:9: tls_server_config.cert: holds no certificate in PEM form\n' +
        'web.yaml:3:8: tls_server_config.key: holds no private key in PEM form',
    ],
  ])('%s is said in words, with its place', async (_what, lines, prepare, expected) => {
    const said = await saidOf(lines, prepare);
    expect(said.replace(/\/\S*exporter-web-\w+:/, 'FOLDER:')).toBe(expected);
    expect(said).not.toContain('canary');
  });
});
