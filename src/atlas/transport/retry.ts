import { AtlasError } from './failure.ts';
import type { Layer } from './http.ts';
import { type AtlasResponse, header } from './message.ts';
import { httpDate, type Observer } from './observer.ts';
import type { Timing } from './timing.ts';

const maxTries = 3;

/** Whether to try again, why, and after how long. */
type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs: number };

const accept: Verdict = { kind: 'accept' };

/** By what to lengthen a wait, so that many exporters do not come back in step: up to a fifth. */
export const jitterOf = (chance: number): number => 1 + 0.2 * chance;

/** Judges how try number `attempt` (from 1) ended. `chance` from 0 to 1 spreads the waits. */
export function judge(ended: AtlasResponse | AtlasError, attempt: number, chance: number): Verdict {
  if (attempt >= maxTries) return accept;
  const jitter = jitterOf(chance);
  if (ended instanceof AtlasError) {
    if (ended.reason === 'network' || ended.reason === 'timeout') {
      // The first may be a kept connection that the other side closed meanwhile: try at once.
      return { kind: 'retry', reason: ended.reason, afterMs: (attempt - 1) * 1_000 * jitter };
    }
    return accept;
  }
  if (ended.status === 429) {
    const afterMs = retryAfterMs(ended, attempt) * jitter;
    return { kind: 'retry', reason: 'rate_limited', afterMs };
  }
  if ([500, 502, 503, 504].includes(ended.status)) {
    const afterMs = header(ended, 'retry-after')
      ? retryAfterMs(ended, attempt)
      : 500 * 2 ** attempt;
    return { kind: 'retry', reason: 'server', afterMs: afterMs * jitter };
  }
  return accept;
}

/**
 * An hour. Atlas refills its buckets every minute, so who asks for more is mistaken, and one such
 * answer must not blind the exporter for longer.
 */
const maxWaitMs = 3_600_000;

/**
 * How long an answer asks to wait: `Retry-After` in seconds, or as a date counted from the answer's
 * own Date so that clocks do not matter; without it 10, 20, 40 s, as MongoDB's rate-limit page says.
 */
export function retryAfterMs(response: AtlasResponse, attempt: number): number {
  const text = header(response, 'retry-after')?.trim() ?? '';
  const seconds = /^\d{1,15}$/.test(text) ? Number(text) : secondsUntil(response, text);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : 10_000 * 2 ** (attempt - 1);
  return Math.min(Math.max(ms, 1_000), maxWaitMs);
}

function secondsUntil(response: AtlasResponse, text: string): number {
  const until = httpDate(text);
  const now = httpDate(header(response, 'date'));
  return until === undefined || now === undefined ? Number.NaN : until - now;
}

/** Retries must stay a fraction of the requests, or an outage is answered with a storm. */
const budgetAtRest = 30;
/** Of these, for what could not be read last time: so that chance leaves nothing behind for long. */
const budgetReserved = 20;
/** More than a quarter: with half of all refused, a third is behind and needs a retry each. */
const earnedByRequest = 0.29;

/** Tries again what may pass. Stands above authentication, so that every try is signed anew. */
export function retrying(observer: Pick<Observer, 'retried' | 'throttled'>, timing: Timing): Layer {
  let budget = budgetAtRest;
  return (next) => async (request, signal) => {
    const { endpoint, retryClass = 'normal' } = request;
    const minBudget = retryClass === 'normal' ? 1 + budgetReserved : 1;
    if (retryClass === 'lastResort') {
      if (budget < minBudget) throw new AtlasError('rate_limited', endpoint, { code: 'not again' });
      budget -= 1;
    }
    for (let attempt = 1; ; attempt += 1) {
      let ended: AtlasResponse | AtlasError;
      try {
        ended = await next(request, signal);
      } catch (error) {
        if (!(error instanceof AtlasError)) throw error;
        ended = error;
      }
      const verdict = signal.aborted ? accept : judge(ended, attempt, timing.random());
      budget = Math.min(budgetAtRest, budget + earnedByRequest);
      const inTime = (ms: number) => timing.monotonicMs() + ms <= request.deadlineMs;
      if (verdict.kind === 'retry' && budget >= minBudget && inTime(verdict.afterMs)) {
        budget -= 1;
        observer.retried(verdict.reason);
        observer.throttled(verdict.afterMs / 1_000);
        await timing.sleep(verdict.afterMs, signal).catch(() => undefined);
        if (!signal.aborted) continue;
      }
      if (ended instanceof AtlasError) throw ended;
      return ended;
    }
  };
}
