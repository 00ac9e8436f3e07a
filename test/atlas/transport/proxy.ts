import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Pair } from './certificate.ts';

/** Answers a CONNECT; `tunnel` opens it to what was asked for. */
export type Answering = (socket: Socket, request: IncomingMessage, tunnel: () => Socket) => unknown;

export type TestProxy = {
  readonly url: string;
  /** `host:port` of every CONNECT. */
  readonly asked: readonly string[];
  /** Headers of every CONNECT, one text each. */
  readonly heads: readonly string[];
  /** Requests other than CONNECT. */
  readonly others: () => number;
  /** Connections of clients that are open. */
  readonly open: () => number;
  readonly mostOpen: () => number;
};

/**
 * A proxy that opens tunnels, for the length of one test. To it every name is this machine, so that
 * a target may have a name that nobody else resolves.
 */
export async function startedProxy(
  answer: Answering = (_, __, tunnel) => tunnel(),
  pair?: Pair,
): Promise<TestProxy> {
  const [asked, heads]: [string[], string[]] = [[], []];
  const open = new Set<Socket>();
  let [others, mostOpen] = [0, 0];
  const server = pair === undefined ? createServer() : createSecureServer(pair);
  server.on('request', (_, response) => {
    others += 1;
    response.end();
  });
  server.on(pair === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    open.add(socket);
    mostOpen = Math.max(mostOpen, open.size);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push(request.url ?? '');
    heads.push(request.rawHeaders.join('\n'));
    // These sockets stay half open otherwise.
    socket.on('end', () => socket.end());
    answer(socket, request, () => {
      const target = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1');
      target.on('error', () => socket.destroy());
      socket.on('close', () => target.destroy());
      target.on('close', () => socket.destroy());
      target.on('connect', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      return target.pipe(socket).pipe(target);
    });
  });
  const port = await listening(server);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    for (const socket of open) socket.destroy();
  });
  return {
    url: `${pair === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    asked,
    heads,
    others: () => others,
    open: () => open.size,
    mostOpen: () => mostOpen,
  };
}

/** TLS before a server that has none, for the length of one test: the port. */
export async function tlsBefore(url: string, pair: Pair): Promise<number> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const server = createTlsServer(pair, (socket) => {
    open.add(socket);
    const target = connect(Number(port), hostname);
    for (const [from, to] of [[socket, target] as const, [target, socket] as const]) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  server.on('tlsClientError', () => undefined);
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return listening(server);
}

async function listening(server: {
  listen(port: number, host: string, done: () => void): unknown;
  address(): string | AddressInfo | null;
}): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
