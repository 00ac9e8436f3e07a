import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { openssl } from '../../openssl.ts';
import type { Pair } from './certificates.ts';

const get = 'GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** What `openssl s_client` said of a connection on which it sent a request. */
export async function sClient(
  port: number,
  args: readonly string[],
  renegotiates: 'renegotiates first' | undefined = undefined,
): Promise<string> {
  const child = spawn(openssl, ['s_client', '-connect', `127.0.0.1:${port}`, ...args]);
  let said = '';
  let asked = renegotiates === undefined;
  const note = (text: Buffer) => {
    said += text.toString();
    if (asked || !said.includes('RENEGOTIATING')) return;
    asked = true;
    child.stdin.write(get);
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  child.stdin.on('error', () => undefined);
  child.stdin.write(asked ? get : 'R\n');
  const stop = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await once(child, 'close');
  clearTimeout(stop);
  return said;
}

export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The common name of the certificate that the server showed. */
  readonly server: string;
};

type Asking = {
  readonly ca: string;
  readonly client?: Pair;
  readonly agent?: Agent;
  readonly path?: string;
  readonly authorization?: string;
};

/** One request over TLS, on a connection of its own unless there is an agent. Rejects if refused. */
export function ask(port: number, { ca, client, agent, path, authorization }: Asking) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      path: path ?? '/-/healthy',
      ca: readFileSync(ca),
      ...(client && { cert: readFileSync(client.cert), key: readFileSync(client.key) }),
      ...(authorization === undefined ? {} : { headers: { authorization } }),
      agent: agent ?? false,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      // The connection may be gone when the answer has been read.
      const server = certificateName(sent.socket);
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers, server }),
      );
    });
    sent.end();
  });
}

/** An agent that keeps its one connection, as Prometheus does. */
export const keepingAgent = () => new Agent({ keepAlive: true, maxSockets: 1 });

function certificateName(socket: unknown): string {
  const { getPeerCertificate } = socket as {
    getPeerCertificate: () => { subject: { CN: string } };
  };
  return getPeerCertificate.call(socket).subject.CN;
}
