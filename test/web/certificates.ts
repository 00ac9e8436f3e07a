import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const openssl = process.env['OPENSSL'] ?? 'openssl';
export const opensslInstalled = isInstalled();
if (!opensslInstalled) {
  process.stderr.write('skipped: openssl is not installed, and the tests of TLS need it\n');
}

/** A certificate and its key, as files. */
export type Pair = { readonly cert: string; readonly key: string };

/** Whoever signs certificates, and itself. */
export type Authority = Pair & {
  /** `sans` as OpenSSL writes them: `DNS:prometheus,IP:127.0.0.1`. */
  readonly issue: (name: string, sans?: string) => Pair;
};

const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority of its own, its files in the folder. */
export function newAuthority(folder: string, name: string): Authority {
  const pairOf = (of: string): Pair => ({
    cert: join(folder, `${of}.pem`),
    key: join(folder, `${of}.key`),
  });
  const self = pairOf(name);
  const request = (of: string, more: readonly string[]) => {
    const { cert, key } = pairOf(of);
    const args = ['req', '-x509', ...ecKey, '-subj', `/CN=${of}`, '-days', '2'];
    runOpenssl([...args, '-keyout', key, '-out', cert, ...more]);
    return { cert, key };
  };
  request(name, []);
  return {
    ...self,
    issue: (of, sans = 'IP:127.0.0.1') =>
      request(of, [
        ...['-CA', self.cert, '-CAkey', self.key],
        ...['-addext', `subjectAltName=${sans}`, '-addext', 'basicConstraints=CA:FALSE'],
      ]),
  };
}

export function runOpenssl(args: readonly string[]): void {
  execFileSync(openssl, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A folder for the length of one test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exporter-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function isInstalled(): boolean {
  try {
    execFileSync(openssl, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
