import { X509Certificate } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { NoConnection } from '../../src/atlas/transport/route.ts';
import { Secret } from '../../src/config/secret.ts';
import { routeOf } from '../../src/exporter/route.ts';
import { canary, canaryPieces } from '../config/loading.ts';
import { emptyFolder } from '../e2e/program.ts';

const [first = ''] = rootCertificates;
const root = String(new X509Certificate(first));

/** The way of an account whose proxy and authorities are in files, and the troubles it told of. */
async function routed() {
  const folder = await emptyFolder();
  const [proxyPath, caPath] = [join(folder, 'proxy-url'), join(folder, 'ca.pem')];
  const troubles: string[] = [];
  const key = 'accounts[0].proxy_url_file';
  const proxy = new Secret({ kind: 'file', path: proxyPath }, { key, colonAllowed: true });
  const caFile = { key: 'accounts[0].ca_file', path: caPath };
  const route = routeOf({ proxy, caFile }, (message) => troubles.push(message));
  return { ...route, proxyPath, caPath, troubles };
}

describe('the way to Atlas', () => {
  test('is direct without a proxy and an authority', () => {
    expect(routeOf({ proxy: undefined, caFile: undefined }, () => undefined)).toEqual({
      proxy: undefined,
      ca: undefined,
    });
  });

  test('follows the file of the proxy, and what cannot be read leaves the last in use', async () => {
    const { proxy, proxyPath, troubles } = await routed();
    await writeFile(proxyPath, 'http://one\n');
    expect(await proxy?.()).toMatchObject({ origin: 'http://one' });
    await writeFile(proxyPath, `ftp://${canary}`);
    expect(await proxy?.()).toMatchObject({ origin: 'http://one' });
    expect(await proxy?.()).toMatchObject({ origin: 'http://one' });
    await rm(proxyPath);
    expect(await proxy?.()).toMatchObject({ origin: 'http://one' });
    await writeFile(proxyPath, 'https://two');
    expect(await proxy?.()).toMatchObject({ origin: 'https://two' });
    await rm(proxyPath);
    expect(await proxy?.()).toMatchObject({ origin: 'https://two' });
    const missing = `accounts[0].proxy_url_file: ${proxyPath} cannot be read (ENOENT)`;
    expect(troubles).toEqual([
      'accounts[0].proxy_url_file: must start with http:// or https://; no other kind of proxy is supported',
      missing,
      missing,
    ]);
    for (const piece of canaryPieces) expect(troubles.join()).not.toContain(piece);
  });

  test('follows the file of authorities, and what cannot be read leaves the last in use', async () => {
    const { ca, caPath, troubles } = await routed();
    await writeFile(caPath, root);
    expect(await ca?.()).toBe(root);
    await writeFile(caPath, '');
    expect(await ca?.()).toBe(root);
    expect(troubles).toEqual([`accounts[0].ca_file: ${caPath} holds no certificate in PEM form`]);
  });

  test('never falls back to going directly, nor to the usual authorities alone', async () => {
    const { proxy, ca } = await routed();
    await expect(proxy?.()).rejects.toEqual(
      new NoConnection('network', 'accounts[0].proxy_url_file cannot be used'),
    );
    await expect(ca?.()).rejects.toEqual(
      new NoConnection('tls', 'accounts[0].ca_file cannot be used'),
    );
  });
});
