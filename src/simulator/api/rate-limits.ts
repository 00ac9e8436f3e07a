import type { Clock, UnixSeconds } from '../../domain/time.ts';

type Limit = {
  readonly capacity: number;
  /** Tokens that return at the end of each period. */
  readonly refill: number;
  readonly periodSeconds: number;
};

const limit = (capacity: number, refill: number): Limit => ({
  capacity,
  refill,
  periodSeconds: 60,
});

/** The endpoint sets of Atlas's documentation, each with its scope and limit. */
const endpointSets = {
  cloudBackups: { scope: 'project', limit: limit(1200, 500) },
  legacyBackup: { scope: 'project', limit: limit(1200, 500) },
  flexSnapshots: { scope: 'project', limit: limit(1200, 500) },
  flexClusters: { scope: 'project', limit: limit(1200, 500) },
  clusters: { scope: 'project', limit: limit(10_000, 5000) },
  project: { scope: 'project', limit: limit(1200, 500) },
  projects: { scope: 'caller', limit: limit(1200, 500) },
  organisations: { scope: 'caller', limit: limit(300, 100) },
  organisation: { scope: 'organisation', limit: limit(500, 250) },
  root: { scope: 'caller', limit: limit(300, 100) },
} as const;

export type EndpointSet = keyof typeof endpointSets;
export type Limits = Readonly<Partial<Record<EndpointSet, Limit>>>;

export type Taken = {
  readonly limit: Limit;
  readonly remaining: number;
  /** Seconds until there are tokens again. Undefined: the token was there. */
  readonly retryAfter: number | undefined;
};

type Bucket = { tokens: number; periodFrom: UnixSeconds };

/** Takes one token of the bucket of `scopeId`, as each request does. */
export function tokenBuckets(overrides: Limits, clock: Clock) {
  const buckets = new Map<string, Bucket>();
  return (set: EndpointSet, scopeId: string): Taken => {
    const limit = overrides[set] ?? endpointSets[set].limit;
    const now = clock();
    const key = `${set}/${scopeId}`;
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
