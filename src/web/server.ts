import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  fastify,
} from 'fastify';
import type { StatusView } from '../status/view.ts';
import { type Access, guardAccess } from './access.ts';
import { defaultLimits, type Limits } from './listening/limits.ts';
import { listenerOptions } from './listening/listener.ts';
import { announcesBody } from './listening/message.ts';
import { refuse } from './listening/refusal.ts';
import { addApi } from './routes/api.ts';
import { addAssets } from './routes/assets.ts';
import { addHealth, type Health } from './routes/health.ts';
import { addMetrics, type Scraped } from './routes/metrics.ts';
import { type AskSnapshot, addPages } from './routes/pages.ts';
import { addReload, reloadPath } from './routes/reload.ts';
import { addSecurityHeaders, securityHeaders } from './security-headers.ts';
import { dropIfSlow, sendText } from './sending.ts';

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
  // Before the library looks at a body.
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) return notFound(request, reply, readable);
  });
  server.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return sendText(reply, status, 'bad request');
    options.onError(error);
    return sendText(reply, status, 'internal error');
  });
  addRoutes(server, served, options);
  return server;
}

function addRoutes(server: FastifyInstance, served: Served, options: ServerOptions): void {
  // Like a scrape, looking at a page or at JSON starts a poll when the data is old.
  const view = () => {
    served.refreshIfDue();
    return served.view();
  };
  const { telemetryPath, reload, limits = defaultLimits } = options;
  addMetrics(server, served, telemetryPath, limits.scrapes);
  addHealth(server, served);
  addReload(server, reload);
  addAssets(server);
  addPages(server, { view, snapshot: served.snapshot }, options);
  addApi(server, view, options);
}

/** No route has a schema. The compilers for them would be a good part of what the library loads. */
const withoutSchemas: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema },
};

function noSchema(): never {
  throw new Error('a route has a schema: let the library load its compilers');
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
    return sendText(reply.header('allow', allow), 405, 'method not allowed');
  }
  return sendText(reply, 404, 'not found');
}
