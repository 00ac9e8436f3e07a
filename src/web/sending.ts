import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** Drops a client that has not taken its answer after so long. */
export function dropIfSlow(response: ServerResponse, mostMs: number): void {
  const timer = setTimeout(() => response.socket?.destroy(), mostMs).unref();
  response.once('close', () => clearTimeout(timer));
}

const sliceBytes = 64 * 1024;

/**
 * A body in slices, the next when the one before is sent: TLS copies all it is given, and shared
 * bytes would be shared no longer.
 */
export function inSlices(parts: readonly Buffer[]): Buffer | Readable {
  const bytes = byteLength(parts);
  return bytes <= sliceBytes ? Buffer.concat(parts) : Readable.from(slices(parts));
}

export function byteLength(parts: readonly Buffer[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function* slices(parts: readonly Buffer[]): Generator<Buffer> {
  for (const part of parts) {
    for (let at = 0; at < part.length; at += sliceBytes) yield part.subarray(at, at + sliceBytes);
  }
}
