/** What a test sees of a request before Atlas would answer it. */
type SimulatedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The credentials were good. */
  readonly authorised: boolean;
};

/** An answer in Atlas's place. Header names are written as they stand. */
export type Canned = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  readonly delayMs?: number;
  /** The connection is cut when so much of the body is written; its announced length is the whole. */
  readonly cutAfterBytes?: number;
};

/** Undefined: Atlas answers. `destroy`: the connection is cut without an answer. */
export type Interception = (request: SimulatedRequest) => Canned | 'destroy' | undefined;
