import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** A constant text: what a request says is never echoed. */
export function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);
}

/** Drops a client that has not taken its answer after so long. */
export function dropIfSlow(response: ServerResponse, maxMs: number): void {
  const timer = setTimeout(() => response.socket?.destroy(), maxMs).unref();
  response.once('close', () => clearTimeout(timer));
}

const sliceBytes = 64 * 1024;

/**
 * A body part by part, the next when the one before is sent. What is `encrypted` goes in slices: TLS
 * copies all it is given, and shared bytes would be shared no longer.
 */
export function streamed(
  parts: readonly Buffer[],
  { encrypted }: { readonly encrypted: boolean },
): Readable {
  if (encrypted) return Readable.from(slices(parts), { objectMode: false });
  return new Readable({
    read() {
      for (const part of parts) this.push(part);
      this.push(null);
    },
  });
}

function* slices(parts: readonly Buffer[]): Generator<Buffer> {
  for (const part of parts) {
    for (let at = 0; at < part.length; at += sliceBytes) yield part.subarray(at, at + sliceBytes);
  }
}
