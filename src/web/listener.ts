import type { Server } from 'node:http';
import { createServer } from 'node:https';
import type { FastifyServerOptions } from 'fastify';
import type { TlsListener } from './tls-listener.ts';

type ListenerOptions = Pick<FastifyServerOptions<Server>, 'clientErrorHandler' | 'serverFactory'>;

const badRequest = 'bad request\n';

/** What stands before the routes: TLS if there is any, and an answer to what is no HTTP. */
export function listenerOptions(
  tls: TlsListener | undefined,
  headers: () => Readonly<Record<string, string>>,
): ListenerOptions {
  const clientErrorHandler: ListenerOptions['clientErrorHandler'] = (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const lines = Object.entries({
      ...headers(),
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(badRequest.length),
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const status = statuses[error.code ?? ''] ?? '400 Bad Request';
    socket.write(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${badRequest}`);
    // Not when it has been sent: a broken connection never tells.
    socket.destroy();
  };
  if (tls === undefined) return { clientErrorHandler };
  return {
    clientErrorHandler,
    // Fastify sets these on the servers that it makes itself.
    serverFactory: (handler, options) => {
      const server = createServer(handler);
      const { keepAliveTimeout, requestTimeout, connectionTimeout } = options;
      if (isMs(keepAliveTimeout)) server.keepAliveTimeout = keepAliveTimeout;
      if (isMs(requestTimeout)) server.requestTimeout = requestTimeout;
      if (isMs(connectionTimeout)) server.setTimeout(connectionTimeout);
      tls.guard(server);
      return server;
    },
  };
}

const statuses: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

const isMs = (value: unknown): value is number => typeof value === 'number';
