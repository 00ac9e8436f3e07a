import { X509Certificate } from 'node:crypto';
import { readFile as readFileFromDisk } from 'node:fs/promises';
import { errorCode, type ReadFile } from './secret.ts';

export type CaFile = {
  /** The key of the configuration that named it. */
  readonly key: string;
  readonly path: string;
};

const mostBytes = 1024 * 1024;

/** The certificates of a bundle as PEM, read anew at every call. Throws with key, path and reason. */
export async function readCaFile(
  { key, path }: CaFile,
  readFile: ReadFile = readFileFromDisk,
): Promise<string> {
  const refuse = (why: string) => new Error(`${key}: ${path} ${why}`);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw refuse(`cannot be read (${errorCode(error)})`);
  });
  if (bytes.length > mostBytes) throw refuse('is larger than 1 MiB');
  const certificates = certificatesIn(new TextDecoder().decode(bytes));
  if (certificates.length === 0) throw refuse('holds no certificate in PEM form');
  const broken = certificates.findIndex((pem) => !isReadable(pem));
  if (broken !== -1) throw refuse(`has a certificate, number ${broken + 1}, that cannot be read`);
  return certificates.join('\n');
}

/** What else is in the file, comments or even a key, is left out. */
function certificatesIn(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
}

function isReadable(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
