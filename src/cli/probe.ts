import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { ListenAddress } from '../config/listen-address.ts';

/** What came of asking an exporter that listens on this machine whether it is healthy. */
export type Health =
  | { readonly kind: 'healthy' | 'unhealthy'; readonly body: string }
  /** It speaks TLS, and only with whom it knows: that much it must be alive for. */
  | { readonly kind: 'wants-certificate' }
  | { readonly kind: 'no-answer'; readonly code: string };

/** Asks over plain HTTP, then over TLS. Never rejects. */
export async function probe(address: ListenAddress, maxMs = 2_000): Promise<Health> {
  const plain = await ask('http:', address, maxMs);
  if (plain.kind !== 'no-answer' || plain.code === 'ECONNREFUSED') return plain;
  return ask('https:', address, maxMs);
}

function ask(protocol: 'http:' | 'https:', address: ListenAddress, maxMs: number): Promise<Health> {
  const request = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    let speaksTls = false;
    const asked = request({
      ...reachable(address),
      path: '/-/healthy',
      agent: false,
      // It is this machine, and nothing secret is sent: its certificate names another host.
      rejectUnauthorized: false,
      signal: AbortSignal.timeout(maxMs),
    });
    asked.on('socket', (socket: Socket) => {
      // Both sides have agreed on a secret, so it has answered; what follows may be a refusal.
      socket.once('keylog', () => {
        speaksTls = true;
      });
    });
    asked.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      if (code === 'ABORT_ERR') resolve({ kind: 'no-answer', code: 'ETIMEDOUT' });
      else if (speaksTls) resolve({ kind: 'wants-certificate' });
      else resolve({ kind: 'no-answer', code });
    });
    asked.on('response', (response) => {
      let said = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      response.on('error', () => undefined);
      response.on('close', () =>
        resolve({
          kind: response.statusCode === 200 ? 'healthy' : 'unhealthy',
          body: said.trim(),
        }),
      );
    });
    asked.end();
  });
}

/** An address that means every one of this machine is reached through loopback. */
function reachable({ host, port }: ListenAddress): ListenAddress {
  if (host === '0.0.0.0') return { host: '127.0.0.1', port };
  return host === '::' ? { host: '::1', port } : { host, port };
}
