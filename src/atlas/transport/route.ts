import type { FailureReason } from '../../domain/failure.ts';

/** How Atlas is reached. Both are asked for every new connection: the files behind them change. */
export type Route = {
  readonly proxy: (() => Promise<ProxyServer>) | undefined;
  /** Certificate authorities in PEM form, to trust besides the usual ones. */
  readonly ca: (() => Promise<string>) | undefined;
};

export const direct: Route = { proxy: undefined, ca: undefined };

export type ProxyServer = {
  readonly origin: string;
  /** Only for the proxy; Atlas never sees it. */
  readonly login: { readonly user: string; readonly password: string } | undefined;
};

/** There is no connection, for a reason told in words that are safe to show. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
  readonly reason: FailureReason;
  constructor(reason: FailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
