import { X509Certificate } from 'node:crypto';
import type { Parsed } from './parsed.ts';

export const maxPemBytes = 1024 * 1024;

/** The certificates of a PEM file, at least one. What else it holds, even a key, is left out. */
export function certificatesIn(text: string): Parsed<readonly X509Certificate[]> {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (blocks === null) return { refused: 'holds no certificate in PEM form' };
  const certificates: X509Certificate[] = [];
  for (const block of blocks) {
    try {
      certificates.push(new X509Certificate(block));
    } catch {
      const number = certificates.length + 1;
      return { refused: `has a certificate, number ${number}, that cannot be read` };
    }
  }
  return { value: certificates };
}
