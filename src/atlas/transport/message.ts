import type { IncomingHttpHeaders } from 'node:http';

/**
 * What could not be read last time has `priority`: retries are kept for it. Asked again in the same
 * poll as a `lastResort`, each request counts as a retry.
 */
export type RetryClass = 'normal' | 'priority' | 'lastResort';

/** Until when a caller is ready to wait. */
export type Deadline = {
  readonly signal: AbortSignal;
  /** Monotonic milliseconds: waiting for a turn or for another try must not go beyond it. */
  readonly deadlineMs: number;
  readonly retryClass?: RetryClass;
};

export type AtlasRequest = Omit<Deadline, 'signal'> & {
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

/** One header value; the first when the server sent several. */
export function header(response: AtlasResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
