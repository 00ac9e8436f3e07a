import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { FailureReason } from '../../domain/failure.ts';
import { AtlasError, codeOf, reasonOfTransport } from './failure.ts';
import type { AtlasRequest, AtlasResponse } from './message.ts';
import { NoConnection, type Route } from './route.ts';

export type ExchangeLimits = {
  /** For the whole exchange, body included. */
  readonly timeoutMs: number;
  readonly route: Route;
};

/**
 * One exchange, as undici tells of it. One object and no closures: many exchanges wait for Atlas at
 * the same time, and what waits grows old. For the same reason nothing that was there before the
 * answer came may go on holding its bytes: they would stay until the next full collection of garbage.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #ended = Promise.withResolvers<AtlasResponse>();
  readonly #request: AtlasRequest;
  readonly #signal: AbortSignal;
  readonly #limits: ExchangeLimits;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #broken: AtlasError | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders | undefined;
  #chunks: Buffer[] | undefined;
  #bytes = 0;

  constructor(request: AtlasRequest, signal: AbortSignal, limits: ExchangeLimits) {
    this.#request = request;
    this.#signal = signal;
    this.#limits = limits;
    this.#timer = setTimeout(Exchange.#late, limits.timeoutMs, this);
    signal.addEventListener('abort', this);
    if (signal.aborted) this.handleEvent();
  }

  /** @throws AtlasError timeout, network, tls or too_large */
  get response(): Promise<AtlasResponse> {
    return this.#ended.promise;
  }

  /** Of the signal. */
  handleEvent(): void {
    this.#cut('timeout', 'the poll ended');
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#broken !== undefined) controller.abort(this.#broken);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
    // The library's list of them as they came, which is older than they are.
    if (Array.isArray(controller.rawHeaders)) controller.rawHeaders.length = 0;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    const { maxBytes } = this.#request;
    if (this.#bytes > maxBytes) this.#cut('too_large', `over ${maxBytes} bytes`);
    else if (this.#chunks === undefined) this.#chunks = [chunk];
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const chunks = this.#chunks ?? [];
    const [only] = chunks;
    const body = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
    const headers = this.#headers ?? {};
    this.#settle();
    this.#ended.resolve({ status: this.#status, headers, body });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#settle();
    const { reason, code } = brokenBy(error, this.#limits.route);
    this.#ended.reject(
      this.#broken ?? new AtlasError(reason, this.#request.endpoint, { code, cause: error }),
    );
  }

  static #late(exchange: Exchange): void {
    exchange.#cut('timeout', `after ${exchange.#limits.timeoutMs / 1000}s`);
  }

  #cut(reason: FailureReason, code: string): void {
    this.#broken ??= new AtlasError(reason, this.#request.endpoint, { code });
    this.#settle();
    this.#ended.reject(this.#broken);
    this.#controller?.abort(this.#broken);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this);
    this.#headers = undefined;
    this.#chunks = undefined;
  }
}

/** Why there is no answer. What breaks in a tunnel may be the proxy's doing or Atlas's. */
function brokenBy(error: unknown, { proxy }: Route): { reason: FailureReason; code: string } {
  if (error instanceof NoConnection) return { reason: error.reason, code: error.message };
  const way = proxy === undefined ? '' : ' through the proxy';
  return { reason: reasonOfTransport(error), code: `${codeOf(error)}${way}` };
}
