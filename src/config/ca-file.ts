import { readFile as readFileFromDisk } from 'node:fs/promises';
import { certificatesIn, maxPemBytes } from './pem.ts';
import { errorCode, type ReadFile } from './secret.ts';

export type CaFile = {
  /** The key of the configuration that named it. */
  readonly key: string;
  readonly path: string;
};

/** The certificates of a bundle as PEM, read anew at every call. Throws with key, path and reason. */
export async function readCaFile(
  { key, path }: CaFile,
  readFile: ReadFile = readFileFromDisk,
): Promise<string> {
  const refuse = (why: string) => new Error(`${key}: ${path} ${why}`);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw refuse(`cannot be read (${errorCode(error)})`);
  });
  if (bytes.length > maxPemBytes) throw refuse('is larger than 1 MiB');
  const found = certificatesIn(new TextDecoder().decode(bytes));
  if ('refused' in found) throw refuse(found.refused);
  return found.value.join('');
}
