import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newCertificate, runOpenssl } from '../../openssl.ts';

export type Pair = { readonly key: string; readonly cert: string };

/** A certificate that signs itself, so that it is its own authority; for this machine and `names`. */
export function certificate(...names: readonly string[]): Pair {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const alternatives = ['IP:127.0.0.1', ...names.map((name) => `DNS:${name}`)].join(',');
  try {
    runOpenssl([
      ...newCertificate,
      ...['-subj', '/CN=simulator', '-addext', `subjectAltName=${alternatives}`],
      ...['-keyout', key, '-out', cert],
    ]);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
