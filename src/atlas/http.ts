import type { IncomingHttpHeaders } from 'node:http';
import { Pool } from 'undici';
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

export type AtlasResponse = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
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
  const send: Send = async (request, signal) => {
    // One controller and a listener: AbortSignal.any costs as much as sending the request does.
    const stopped = new AbortController();
    const stop = () => stopped.abort();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, timeoutMs);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      const { statusCode, headers, body } = await pool.request({
        method: request.method,
        path: request.target,
        headers: request.headers,
        body: request.body ?? null,
        signal: stopped.signal,
      });
      return { status: statusCode, headers, body: await readBody(body, request) };
    } catch (error) {
      if (error instanceof AtlasError) throw error;
      const { reason, code } = timedOut
        ? { reason: 'timeout' as const, code: `after ${timeoutMs / 1000}s` }
        : signal.aborted
          ? { reason: 'timeout' as const, code: 'the poll ended' }
          : broken(error, route);
      throw new AtlasError(reason, request.endpoint, { code, cause: error });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  };
  const close = () => {
    closing.abort();
    return pool.destroy();
  };
  return { send, close };
}

/** Why there is no answer. What breaks in a tunnel may be the proxy's doing or Atlas's. */
function broken(error: unknown, { proxy }: Route): { reason: FailureReason; code: string } {
  if (error instanceof NoConnection) return { reason: error.reason, code: error.message };
  const way = proxy === undefined ? '' : ' through the proxy';
  return { reason: reasonOfTransport(error), code: `${codeOf(error)}${way}` };
}

type Body = AsyncIterable<Buffer> & { destroy(): unknown };

async function readBody(body: Body, { endpoint, maxBytes }: AtlasRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      body.destroy();
      throw new AtlasError('too_large', endpoint, { code: `over ${maxBytes} bytes` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}
