import { createHash } from 'node:crypto';
import type { Config } from './config.ts';

/** Equal for equal settings, below 2^48 so that a float64 sample holds it. Secrets do not count. */
export function configHash(config: Config): number {
  return createHash('sha256').update(JSON.stringify(config)).digest().readUIntBE(0, 6);
}

/** Tells one content of a file from another. */
export function contentDigest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
