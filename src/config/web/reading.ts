import { createHash } from 'node:crypto';
import type { Checked } from '../problem.ts';
import { errorCode, type ReadFile } from '../secret.ts';

export type Made<T> = Checked<{ readonly value: T }>;

/** What was read, and what becomes of it: equal content is recognised before it costs anything. */
export type Reading<T> = {
  /** Equal for equal content. */
  readonly digest: string;
  readonly make: () => Made<T>;
};

/** The bytes of a file, or the system's code for why they cannot be had. */
export type FileContent = Uint8Array | string;

export function readContent(path: string, readFile: ReadFile): Promise<FileContent> {
  return readFile(path).catch((error: unknown) => errorCode(error));
}

/** Each part counts with its length, so that none can pass for a piece of another. */
export function digestOf(parts: readonly FileContent[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${typeof part} ${Buffer.byteLength(part)}\n`).update(part);
  }
  return hash.digest('base64');
}
