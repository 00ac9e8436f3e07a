import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { AtlasError } from '../../../src/atlas/transport/failure.ts';
import {
  type Layer,
  layered,
  type Send,
  type TransportOptions,
  transport,
} from '../../../src/atlas/transport/http.ts';
import type { AtlasRequest, AtlasResponse } from '../../../src/atlas/transport/message.ts';
import { direct } from '../../../src/atlas/transport/route.ts';

export const groups = '/api/atlas/v2/groups?itemsPerPage=500&pageNum=1';

/** A request as the client makes it, of which a test changes what it is about. */
export function requestFor(target = groups, change: Partial<AtlasRequest> = {}): AtlasRequest {
  return {
    endpoint: 'projects',
    method: 'GET',
    target,
    headers: { accept: 'application/vnd.atlas.2023-01-01+json' },
    body: undefined,
    bucket: { key: 'Projects caller', capacity: 1200, refillPerMinute: 500 },
    maxBytes: 2 ** 20,
    deadlineMs: Number.POSITIVE_INFINITY,
    ...change,
  };
}

export const never = new AbortController().signal;

export type Wired = {
  readonly send: Send;
  get(target?: string, change?: Partial<AtlasRequest>): Promise<AtlasResponse>;
};

/** The layers of the client over real HTTP to `origin`. */
export function wired(
  origin: string,
  layers: readonly Layer[] = [],
  { timeoutMs = 5_000, connections = 10, route = direct }: Partial<TransportOptions> = {},
): Wired {
  const { send, close } = transport(origin, { timeoutMs, connections, route });
  onTestFinished(close);
  const all = layered(send, ...layers);
  return { send: all, get: (target, change) => all(requestFor(target, change), never) };
}

/** What an action of the client failed with; a test fails when it did not, or with anything else. */
export async function failureOf(action: Promise<unknown>): Promise<AtlasError> {
  const error = await action.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AtlasError) return error;
  throw error ?? new Error('it did not fail');
}

export type RawServer = { readonly url: string; readonly requests: readonly string[] };

/** A server below HTTP: `answer` writes whatever bytes it likes for each request head it gets. */
export async function rawServer(
  answer: (socket: Socket, nth: number) => unknown,
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      requests.push(chunk.toString('latin1'));
      answer(socket, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, requests };
}

/** A complete answer with a length, as bytes. */
export function reply(
  body: string | Uint8Array,
  { status = '200 OK', headers = {} }: { status?: string; headers?: Record<string, string> } = {},
): Uint8Array {
  const bytes = Buffer.from(body);
  const all = { 'Content-Type': 'application/json', 'Content-Length': bytes.length, ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${head.join('')}\r\n`), bytes]);
}
