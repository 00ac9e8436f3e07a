import { AtlasError } from './failure.ts';
import type { Layer } from './http.ts';
import { type AtlasRequest, type AtlasResponse, header, type RateLimitBucket } from './message.ts';
import { type Observer, rateLimitOf } from './observer.ts';
import { jitterOf, retryAfterMs } from './retry.ts';
import type { Timing } from './timing.ts';

/**
 * Atlas's buckets are shared with everybody who calls for the project: Terraform, people, other
 * tools. So at most this share of one is ours.
 */
const ourShare = 0.5;

type Account = ReturnType<typeof opened>;

function opened(bucket: RateLimitBucket, now: number) {
  return {
    capacity: bucket.capacity * ourShare,
    refillPerMs: (bucket.refillPerMinute * ourShare) / 60_000,
    /** Below 0: that many requests are waiting for their turn. */
    tokens: bucket.capacity * ourShare,
    at: now,
    blockedUntil: 0,
  };
}

/** Takes a token and says for how many milliseconds to wait before using it. */
function take(account: Account, now: number): number {
  const earned = Math.max(0, now - account.at) * account.refillPerMs;
  account.tokens = Math.min(account.capacity, account.tokens + earned) - 1;
  account.at = now;
  const turn = account.tokens < 0 ? -account.tokens / account.refillPerMs : 0;
  return Math.max(turn, account.blockedUntil - now, 0);
}

/**
 * Keeps each rate-limit bucket at most half used: starts from the documented limits, corrects itself
 * from `RateLimit-*`, obeys `Retry-After` for everybody who draws from that bucket.
 * @throws AtlasError rate_limited when the turn would come after `deadlineMs`
 */
export function paced(observer: Pick<Observer, 'throttled'>, timing: Timing): Layer {
  const accounts = new Map<string, Account>();
  const now = () => timing.monotonicMs();
  return (next) => async (request, signal) => {
    // Before it takes a turn: the queue of a poll that was cut short must not use up the next one's.
    if (signal.aborted) throw stopped(request);
    const account = accounts.get(request.bucket.key) ?? opened(request.bucket, now());
    accounts.set(request.bucket.key, account);
    // Not once: while this one waits, an answer may tell everybody to wait longer.
    for (let waitMs = take(account, now()); ; waitMs = account.blockedUntil - now()) {
      if (now() + waitMs > request.deadlineMs) {
        account.tokens += 1;
        throw new AtlasError('rate_limited', request.endpoint, {
          code: 'not before the poll ends',
        });
      }
      if (waitMs <= 0) break;
      observer.throttled(waitMs / 1_000);
      await timing.sleep(waitMs, signal).catch(() => {
        account.tokens += 1;
        throw stopped(request);
      });
    }
    const response = await next(request, signal);
    const limits = rateLimitOf(response);
    if (limits !== undefined) {
      account.capacity = limits.capacity * ourShare;
      const leftForUs = Math.max(0, limits.remaining - limits.capacity * (1 - ourShare));
      account.tokens = Math.min(account.tokens, leftForUs);
    }
    if (asksToWait(response)) {
      const waitMs = retryAfterMs(response, 1) * jitterOf(timing.random());
      account.blockedUntil = Math.max(account.blockedUntil, now() + waitMs);
    }
    return response;
  };
}

function stopped({ endpoint }: AtlasRequest): AtlasError {
  return new AtlasError('timeout', endpoint, { code: 'stopped' });
}

function asksToWait(response: AtlasResponse): boolean {
  const { status } = response;
  return status === 429 || (status === 503 && header(response, 'retry-after') !== undefined);
}
