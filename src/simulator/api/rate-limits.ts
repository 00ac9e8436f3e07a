import type { Clock, UnixSeconds } from '../../domain/time.ts';

type Limit = {
  readonly capacity: number;
  /** Tokens that return at the end of each period. */
  readonly refill: number;
  readonly periodSeconds: number;
};

/** What Atlas's documentation calls an endpoint set: its requests share one bucket in each scope. */
export type RateLimit = Limit & { readonly name: string };

/** 1200 requests at once and 500 a minute are what most endpoint sets allow. */
export function rateLimit(name: string, capacity = 1200, refill = 500): RateLimit {
  return { name, capacity, refill, periodSeconds: 60 };
}

/** For all that is read of the backups of one cluster. */
export const cloudBackups = rateLimit('cloudBackups');

/** Other limits than Atlas documents, by the names of endpoint sets. */
export type Limits = Readonly<Record<string, Limit>>;

export type TokenResult = {
  readonly limit: Limit;
  readonly remaining: number;
  /** Seconds until there are tokens again. Undefined: the token was there. */
  readonly retryAfter: number | undefined;
};

type Bucket = { tokens: number; periodFrom: UnixSeconds };

/** Takes one token of the bucket of `scopeId`, as each request does. */
export function tokenBuckets(overrides: Limits, clock: Clock) {
  const buckets = new Map<string, Bucket>();
  return (set: RateLimit, scopeId: string): TokenResult => {
    const limit = overrides[set.name] ?? set;
    const now = clock();
    const key = `${set.name}/${scopeId}`;
    const bucket = buckets.get(key) ?? { tokens: limit.capacity, periodFrom: now };
    buckets.set(key, bucket);
    const periods = Math.max(0, Math.floor((now - bucket.periodFrom) / limit.periodSeconds));
    bucket.tokens = Math.min(limit.capacity, bucket.tokens + periods * limit.refill);
    bucket.periodFrom += periods * limit.periodSeconds;
    if (bucket.tokens < 1) {
      const wait = Math.ceil(bucket.periodFrom + limit.periodSeconds - now);
      return { limit, remaining: 0, retryAfter: Math.max(1, wait) };
    }
    bucket.tokens -= 1;
    return { limit, remaining: bucket.tokens, retryAfter: undefined };
  };
}
