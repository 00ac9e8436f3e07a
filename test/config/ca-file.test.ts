import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { readCaFile } from '../../src/config/ca-file.ts';
import { account, configOrThrow, load } from './loading.ts';

const [one = '', other = ''] = rootCertificates.map((pem) => String(new X509Certificate(pem)));
const file = { key: 'accounts[0].ca_file', path: 'ca.pem' };
const holding = (content: string) => async () => Buffer.from(content);
const read = (content: string) => readCaFile(file, holding(content));

describe('a file of certificate authorities', () => {
  test('gives its certificates, and nothing else that is in it', async () => {
    const noise = '-----BEGIN PRIVATE KEY-----\nYWJj\n-----END PRIVATE KEY-----\n# a comment\n';
    expect(await read(`${noise}${one}\n${noise}${other}\n`)).toBe(one + other);
  });

  test('may have line ends of Windows', async () => {
    const text = one.replaceAll('\n', '\r\n');
    expect(await read(text)).toBe(one);
  });

  test.each([
    ['is empty', '', 'holds no certificate in PEM form'],
    ['is a key', '-----BEGIN PRIVATE KEY-----\nYWJj\n-----END PRIVATE KEY-----', 'holds no'],
    ['was cut', one.slice(0, 300), 'holds no certificate in PEM form'],
    [
      'was garbled',
      `${one}\n${other.replace(/\n[^\n]+\n[^\n]+\n/, '\n')}`,
      'has a certificate, number 2, that cannot be read',
    ],
    ['is very large', 'x'.repeat(2 ** 20 + 1), 'is larger than 1 MiB'],
  ])('that %s is refused by key and path', async (_, content, words) => {
    await expect(read(content)).rejects.toThrow(`accounts[0].ca_file: ca.pem ${words}`);
  });

  test('that is not there is refused with the code of the system', async () => {
    const gone = () => Promise.reject(Object.assign(new Error(), { code: 'ENOENT' }));
    await expect(readCaFile(file, gone)).rejects.toThrow(
      'accounts[0].ca_file: ca.pem cannot be read (ENOENT)',
    );
  });

  test('starts from the folder of the configuration', async () => {
    const of = async (path: string) =>
      configOrThrow(await load(`${account}    ca_file: ${path}\n`)).accounts[0]?.caFile;
    expect(await of('pki/ca.pem')).toEqual({ key: 'accounts[0].ca_file', path: 'pki/ca.pem' });
    expect(await of('/etc/ca.pem')).toMatchObject({ path: '/etc/ca.pem' });
  });
});
