import type { UnixSeconds } from '../domain/time.ts';

/** What a test or a fault sees of a request before Atlas would answer it. */
export type SimulatedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** The credentials were good. */
  readonly authorised: boolean;
  /** The time in the world. */
  readonly now: UnixSeconds;
  /** A challenge with a new nonce, which replaces one that is too old. */
  readonly challenge: () => string;
  /** What Atlas itself would answer. */
  readonly atlas: () => Promise<RawResponse>;
};

/** An answer in Atlas's place. Header names are written as they stand. */
export type RawResponse = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  readonly delayMs?: number;
  /** The connection is cut when so much of the body is written; its announced length is the whole. */
  readonly cutAfterBytes?: number;
  /** The body is written byte by byte, with a pause of so many milliseconds after each. */
  readonly dripMs?: number;
  /** The body comes again and again, without end. */
  readonly endless?: boolean;
};

/**
 * No answer at all: the connection is closed in good order, or reset, or stays open and silent.
 */
export type NoAnswer = 'destroy' | 'reset' | 'hang';

/** Undefined: Atlas answers. */
export type Intercepted = RawResponse | NoAnswer | undefined;

export type Interception = (request: SimulatedRequest) => Intercepted | Promise<Intercepted>;
