import { execFileSync } from 'node:child_process';

export const openssl = process.env['OPENSSL'] ?? 'openssl';
export const opensslInstalled = isInstalled();
if (!opensslInstalled) {
  process.stderr.write('skipped: openssl is not installed, and the tests of TLS need it\n');
}

export function runOpenssl(args: readonly string[]): void {
  execFileSync(openssl, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Arguments for a new certificate with a key that is quickly made. */
export const newCertificate = [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
  ...['-days', '2'],
];

function isInstalled(): boolean {
  try {
    execFileSync(openssl, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
