import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { StatusView } from '../status/view.ts';
import type { Access } from './access.ts';
import { guardAccess } from './guard.ts';
import { defaultLimits, type Limits } from './listening/limits.ts';
import { listenerOptions } from './listening/listener.ts';
import { announcesBody } from './listening/message.ts';
import { badRequest, refuse } from './listening/refusal.ts';
import { addApi } from './routes/api.ts';
import { addAssets } from './routes/assets.ts';
import type { AskSnapshot } from './routes/cluster-pages.ts';
import { addHealth, type Health } from './routes/health.ts';
import { addMetrics, type Scraped } from './routes/metrics.ts';
import { addPages } from './routes/pages.ts';
import { addReload, reloadPath } from './routes/reload.ts';
import { addSecurityHeaders, securityHeaders } from './security-headers.ts';
import { dropIfSlow } from './sending.ts';
import { withoutSchemas } from './without-schemas.ts';

/** What the routes need of the exporter. */
export type Served = Health &
  Scraped & { readonly view: () => Promise<StatusView>; readonly snapshot: AskSnapshot };

export type ServerOptions = {
  readonly telemetryPath: string;
  readonly version: string;
  readonly onError: (error: unknown) => void;
  /** Without it anybody is served, over plain HTTP. */
  readonly access?: Access | undefined;
  /** Reads the configuration again and says whether it is in use. Undefined: not by HTTP. */
  readonly reload?: (() => Promise<boolean>) | undefined;
  readonly limits?: Limits;
};

const plain = 'text/plain; charset=utf-8';

/** The routes of the exporter. Does not listen. */
export function newServer(served: Served, options: ServerOptions): FastifyInstance {
  const { limits = defaultLimits } = options;
  const headers = () => securityHeaders(options.access?.headers());
  const server = fastify({
    logger: false,
    ...listenerOptions(options.access?.tls, headers, limits),
    // Idle kept connections would hold up a stop until they time out.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    schemaController: withoutSchemas,
    // A URL that cannot be decoded comes here, past the hooks; the library's own answer repeats it.
    frameworkErrors: (_error, _request, reply) => refuse(reply.raw, 400, headers()),
  });
  server.addHook('onSend', async (request, reply) => {
    addSecurityHeaders(reply, options.access?.headers());
    // Nothing here takes a body: none is read, and what follows it is not waited for.
    if (announcesBody(request.headers)) reply.header('connection', 'close');
    dropIfSlow(reply.raw, limits.answerMs);
  });
  if (options.access !== undefined) guardAccess(server, options.access);
  const readable = readablePaths(server);
  // Constant bodies: what a request says is never echoed. Before the library looks at a body.
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) return notFound(request, reply, readable);
  });
  server.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) options.onError(error);
    return reply
      .code(status)
      .type(plain)
      .send(status >= 500 ? 'internal error\n' : badRequest);
  });

  addMetrics(server, served, options.telemetryPath, limits.scrapes);
  addHealth(server, served);
  addReload(server, options.reload);
  addAssets(server);
  addPages(server, served, options);
  addApi(server, served, options);
  return server;
}

/** Says of a path whether anything is to be read there; counts the routes added from now on. */
function readablePaths(server: FastifyInstance): (path: string) => boolean {
  const paths: RegExp[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    if (method !== 'GET') return;
    paths.push(new RegExp(`^${RegExp.escape(url).replaceAll(/:\w+/g, '[^/]+')}$`));
  });
  return (path) => paths.some((one) => one.test(path));
}

/** A path that exists has been asked with a method that it does not take. */
function notFound(
  request: FastifyRequest,
  reply: FastifyReply,
  readable: (path: string) => boolean,
) {
  const path = request.url.split('?', 1)[0] ?? '';
  const allow = path === reloadPath ? 'POST' : readable(path) ? 'GET, HEAD' : undefined;
  if (allow !== undefined && !allow.split(', ').includes(request.method)) {
    return reply.code(405).header('allow', allow).type(plain).send('method not allowed\n');
  }
  return reply.code(404).type(plain).send('not found\n');
}
