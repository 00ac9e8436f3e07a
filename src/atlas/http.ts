import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import type { FailureReason } from '../domain/failure.ts';
import { connector } from './connector.ts';
import { AtlasError, codeOf, reasonOfTransport } from './failure.ts';
import type { Need } from './patience.ts';
import { direct, NoConnection, type Route } from './route.ts';

export type AtlasRequest = {
  /** Name of the call, as in the label `endpoint`. */
  readonly endpoint: string;
  readonly method: 'GET' | 'POST';
  /** Path and query exactly as sent: digest signs these bytes. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** The rate-limit bucket this request draws from. */
  readonly bucket: RateLimitBucket;
  readonly maxBytes: number;
  /** Monotonic milliseconds: waiting for a turn or for another try must not go beyond it. */
  readonly giveUpAt: number;
  readonly need?: Need;
};

export type RateLimitBucket = {
  readonly key: string;
  readonly capacity: number;
  readonly refillPerMinute: number;
};

export type Body = string | Buffer;

export type AtlasResponse = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** In UTF-8, and empty once it has been taken. Bytes until it has to be text: most never have. */
  body: Body;
};

export type Send = (request: AtlasRequest, signal: AbortSignal) => Promise<AtlasResponse>;

/** Something that is done around every exchange: retry, pacing, authentication, counting. */
export type Layer = (next: Send) => Send;

/** `layers` outermost first. */
export function layered(transport: Send, ...layers: readonly Layer[]): Send {
  return layers.reduceRight((next, layer) => layer(next), transport);
}

/** One header value; the first when the server sent several. */
export function header(response: AtlasResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export type TransportOptions = {
  readonly timeoutMs: number;
  readonly connections: number;
  readonly route?: Route;
};

export type Transport = { readonly send: Send; readonly close: () => Promise<void> };

/**
 * Exchanges with one origin and no other: redirects are not followed and nothing in an answer can
 * send the credentials elsewhere. `timeoutMs` bounds a whole exchange, body included: the library's
 * own body timeout never fires while a byte drips in now and then.
 * @throws AtlasError timeout, network, tls or too_large
 */
export function transport(
  origin: string,
  { timeoutMs, connections, route = direct }: TransportOptions,
): Transport {
  const closing = new AbortController();
  const pool = new Pool(origin, {
    connections,
    connect: connector(route, { timeoutMs, closing: closing.signal }),
    // Longer than a poll's pauses, shorter than the minutes after which gateways hang up silently.
    keepAliveTimeout: 20_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const send: Send = (request, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<AtlasResponse>();
    const { endpoint, maxBytes } = request;
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    let chunks: Buffer[] = [];
    let bytes = 0;
    let exchange: Dispatcher.DispatchController | undefined;
    let broken: AtlasError | undefined;
    const timer = setTimeout(() => cut('timeout', `after ${timeoutMs / 1000}s`), timeoutMs);
    const onAbort = () => cut('timeout', 'the poll ended');
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      chunks = [];
    };
    const cut = (reason: FailureReason, code: string) => {
      broken ??= new AtlasError(reason, endpoint, { code });
      settle();
      reject(broken);
      exchange?.abort(broken);
    };
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    pool.dispatch(
      {
        method: request.method,
        path: request.target,
        headers: request.headers,
        body: request.body ?? null,
      },
      {
        onRequestStart: (controller) => {
          exchange = controller;
          if (broken !== undefined) controller.abort(broken);
        },
        onResponseStart: (_, statusCode, received) => {
          status = statusCode;
          headers = received;
        },
        onResponseData: (_, chunk) => {
          bytes += chunk.length;
          if (bytes > maxBytes) cut('too_large', `over ${maxBytes} bytes`);
          else chunks.push(chunk);
        },
        onResponseEnd: () => {
          const body = Buffer.concat(chunks, bytes);
          settle();
          resolve({ status, headers, body });
        },
        onResponseError: (_, error) => {
          settle();
          const { reason, code } = brokenBy(error, route);
          reject(broken ?? new AtlasError(reason, endpoint, { code, cause: error }));
        },
      },
    );
    return promise;
  };
  const close = () => {
    closing.abort();
    return pool.destroy();
  };
  return { send, close };
}

/** Why there is no answer. What breaks in a tunnel may be the proxy's doing or Atlas's. */
function brokenBy(error: unknown, { proxy }: Route): { reason: FailureReason; code: string } {
  if (error instanceof NoConnection) return { reason: error.reason, code: error.message };
  const way = proxy === undefined ? '' : ' through the proxy';
  return { reason: reasonOfTransport(error), code: `${codeOf(error)}${way}` };
}
