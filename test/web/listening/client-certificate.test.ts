import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certificateFault } from '../../../src/web/listening/client-certificate.ts';
import { opensslInstalled, runOpenssl } from '../../openssl.ts';
import { testFolder } from './certificates.ts';

const allowing = (...names: readonly string[]) => ({
  asks: true,
  requires: true,
  verifies: true,
  names,
});
const lets = (name: string, certificate: { readonly subjectAltName: string | undefined }) =>
  certificateFault(allowing(name), certificate, true) === undefined;

describe('the names of a client certificate', () => {
  test.each([
    ['DNS:a', 'a', true],
    ['DNS:b, DNS:a', 'a', true],
    ['DNS:"a\\u002c b"', 'a, b', true],
    ['DNS:"x\\u002c DNS:a"', 'a', false],
    ['DirName:"CN=x\\\\\\u002c DNS:a", DNS:b', 'a', false],
    ['DirName:"CN=x\\\\\\u002c DNS:a", DNS:b', 'b', true],
    ['othername:<unsupported>, Registered ID:1.2, DNS:a', 'a', true],
    ['othername:a', 'a', false],
    ['IP Address:0:0:0:0:0:0:0:1', '::1', true],
    ['IP Address:0:0:0:0:0:0:0:1', '0:0::0001', true],
    ['IP Address:FE80:0:0:0:0:0:0:1', 'fe80::1', true],
    ['DNS:fe80::1%eth0', 'fe80::1%eth0', true],
    // What Node.js never writes is not guessed at.
    ['DNS:"x", DNS:"a', 'a', false],
    ['DNS:"\\q", DNS:a', 'a', false],
    ['DNS:a,DNS:b', 'a', false],
    ['a', 'a', false],
    ['', '', false],
    [undefined, 'a', false],
  ])('%s has %s: %s', (subjectAltName, name, expected) => {
    expect(lets(name, { subjectAltName })).toBe(expected);
  });

  test('of any text are found without a crash', () => {
    const piece = fc.constantFrom(
      'DNS:',
      'IP Address:',
      'URI:',
      '"',
      '\\',
      '\\u00',
      ', ',
      '::',
      '%',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        lets('none', { subjectAltName: pieces.join('') });
      }),
      { numRuns: 2_000 },
    );
  });
});

test.skipIf(!opensslInstalled)('a name that tries to be several is only itself', () => {
  const folder = testFolder();
  const at = (file: string) => join(folder, file);
  const names = [
    'DNS.1 = "x, DNS:prometheus"',
    'dirName.1 = other',
    'otherName.1 = 1.2.3.4;UTF8:prometheus',
    'URI.1 = "urn:x, DNS:prometheus"',
  ];
  const sections = [
    ...['[req]', 'distinguished_name = dn', 'x509_extensions = ext', 'prompt = no'],
    ...['[dn]', 'CN = prometheus', '[ext]', 'subjectAltName = @names', '[names]', ...names],
    ...['[other]', 'CN = "x, DNS:prometheus"', ''],
  ];
  writeFileSync(at('conf'), sections.join('\n'));
  runOpenssl([
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-config', at('conf'), '-days', '2', '-keyout', at('key'), '-out', at('cert')],
  ]);
  const certificate = new X509Certificate(readFileSync(at('cert')));
  const subjectAltName = certificate.subjectAltName;
  expect(lets('prometheus', { subjectAltName })).toBe(false);
  expect(lets('x, DNS:prometheus', { subjectAltName })).toBe(true);
});
