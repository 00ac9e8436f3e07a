import type { IncomingHttpHeaders } from 'node:http';
import type { RetryClass } from './deadline.ts';

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
  readonly deadlineMs: number;
  readonly retryClass?: RetryClass;
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
