import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newCertificate, runOpenssl } from '../../openssl.ts';

/** A certificate and its key, as files. */
export type Pair = { readonly cert: string; readonly key: string };

/** Whoever signs certificates, and itself. */
export type Authority = Pair & {
  /** `sans` as OpenSSL writes them: `DNS:prometheus,IP:127.0.0.1`. */
  readonly issue: (name: string, sans?: string) => Pair;
};

/** An authority of its own, its files in the folder. */
export function newAuthority(folder: string, name: string): Authority {
  const pairOf = (of: string): Pair => ({
    cert: join(folder, `${of}.pem`),
    key: join(folder, `${of}.key`),
  });
  const self = pairOf(name);
  const request = (of: string, more: readonly string[]) => {
    const { cert, key } = pairOf(of);
    const subject = ['-subj', `/CN=${of}`, '-keyout', key, '-out', cert];
    runOpenssl([...newCertificate, ...subject, ...more]);
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

/** A folder for the length of one test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exporter-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
