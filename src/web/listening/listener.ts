import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { FastifyServerOptions } from 'fastify';
import { newConnections } from './connections.ts';
import type { Limits } from './limits.ts';
import { messageFault } from './message.ts';
import { refusalText, refuse } from './refusal.ts';
import type { TlsListener } from './tls-listener.ts';

type ListenerOptions = Pick<FastifyServerOptions<Server>, 'clientErrorHandler' | 'serverFactory'>;

/** What comes before the routes: TLS if configured, limits, and an answer to what is not HTTP. */
export function listenerOptions(
  tls: TlsListener | undefined,
  headers: () => Readonly<Record<string, string>>,
  limits: Limits,
): ListenerOptions {
  const http: ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: limits.lookEveryMs,
    // Checked below: the answer of Node.js lacks the security headers.
    requireHostHeader: false,
  };
  const connections = newConnections(limits.connections);
  /** About to be closed; what still arrives may be part of the refused request. */
  const refused = new WeakSet<Duplex>();
  return {
    clientErrorHandler: (error, socket) => {
      if (refused.has(socket) && error.code?.startsWith('HPE_')) return;
      if (error.code !== 'ECONNRESET' && socket.writable) {
        socket.write(refusalText(statuses[error.code ?? ''] ?? 400, headers()));
      }
      // Without waiting until it has been sent: a broken connection never reports that.
      socket.destroy();
    },
    serverFactory: (routes) => {
      const listener: RequestListener = (request, response) => {
        if (refused.has(request.socket)) return;
        connections.asked(request.socket, response);
        const fault = messageFault(request, limits.headers);
        if (fault === undefined) {
          routes(request, response);
          return;
        }
        refused.add(request.socket);
        refuse(response, fault, headers());
      };
      const server =
        tls === undefined ? createServer(http, listener) : createTlsServer(http, listener);
      // One more than are allowed: further ones would be left out in silence.
      server.maxHeadersCount = limits.headers + 1;
      // Bodies are not wanted: a client that waits for permission to send one gets the answer at once.
      server.on('checkContinue', listener);
      server.on('checkExpectation', listener);
      tls?.guard(server);
      server.on('connection', connections.opened);
      return server;
    },
  };
}

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};
