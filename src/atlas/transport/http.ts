import { Pool } from 'undici';
import { connector } from './connector.ts';
import { Exchange } from './exchange.ts';
import type { AtlasRequest, AtlasResponse } from './message.ts';
import { direct, type Route } from './route.ts';

export type Send = (request: AtlasRequest, signal: AbortSignal) => Promise<AtlasResponse>;

/** Something that is done around every exchange: retry, pacing, authentication, counting. */
export type Layer = (next: Send) => Send;

/** `layers` outermost first. */
export function layered(transport: Send, ...layers: readonly Layer[]): Send {
  return layers.reduceRight((next, layer) => layer(next), transport);
}

export type TransportOptions = {
  readonly timeoutMs: number;
  readonly connections: number;
  /** Without one, directly. */
  readonly route?: Route;
};

/**
 * Exchanges with one origin and no other: redirects are not followed and nothing in an answer can
 * send the credentials elsewhere. `timeoutMs` bounds a whole exchange, body included: the library's
 * own body timeout never fires while a byte drips in now and then.
 * @throws AtlasError timeout, network, tls or too_large
 */
export function transport(
  origin: string,
  { timeoutMs, connections, route = direct }: TransportOptions,
): { readonly send: Send; readonly close: () => Promise<void> } {
  const limits = { timeoutMs, route };
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
    const exchange = new Exchange(request, signal, limits);
    const { method, target: path, headers, body = null } = request;
    pool.dispatch({ method, path, headers, body }, exchange);
    return exchange.response;
  };
  const close = () => {
    closing.abort();
    return pool.destroy();
  };
  return { send, close };
}
