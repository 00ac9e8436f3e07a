import type { Failure } from '../../domain/failure.ts';
import type { Outcome } from '../../domain/observed.ts';
import type { Clock } from '../../domain/time.ts';
import { AtlasError, failureFrom } from '../transport/failure.ts';
import { tokenEndpoint } from '../transport/oauth.ts';

/** So many reads in a row without any answer raise the question whether anything answers. */
const maxUnanswered = 5;

/** Reads that end as data. `scope` names what was read, for the log. */
export type Read = <T>(scope: string, work: () => Promise<T>) => Promise<Outcome<T>>;

export type Breaker = {
  /** A read about the account as a whole: refused or unanswered, it speaks for all further reads. */
  readonly readAccount: Read;
  /** A read about a part of the account. */
  readonly read: Read;
};

export type BreakerOptions = {
  readonly clock: Clock;
  /** Reads something small that every account may read. */
  readonly probe: () => Promise<unknown>;
  readonly onBug: (scope: string, error: unknown) => void;
};

/**
 * Turns what is thrown while reading into data, for one account in one survey. Once its credentials
 * are refused, or nothing answers any more, its further reads fail at once, without a request. What
 * only one part meets must not be taken for that: in doubt the account is probed, once a survey.
 * A fault of our own becomes reason `internal`, goes to `onBug` with its stack, and the rest lives.
 */
export function breaker({ clock, probe, onBug }: BreakerOptions): Breaker {
  let down: Failure | undefined;
  let unanswered = 0;
  let probed: Promise<Failure | undefined> | undefined;

  const attempt = async <T>(
    scope: string,
    work: () => Promise<T>,
    judge: (failure: Failure) => Promise<Failure> | Failure = (failure) => failure,
  ): Promise<Outcome<T>> => {
    if (down !== undefined) return { kind: 'failed', failure: down };
    try {
      const value = await work();
      unanswered = 0;
      return { kind: 'read', value, at: clock() };
    } catch (error) {
      return { kind: 'failed', failure: await judge(asFailure(scope, error, onBug)) };
    }
  };

  /** How the probe failed; undefined: it worked, so the trouble is elsewhere. */
  const trouble = () => {
    probed ??= attempt('probe', probe).then((outcome) => {
      const failure = outcome.kind === 'failed' ? outcome.failure : undefined;
      if (failure !== undefined && isWhole(failure)) down ??= failure;
      return failure;
    });
    return probed;
  };

  /** What a failure of one part of the account turns out to be. */
  const judged = async (failure: Failure): Promise<Failure> => {
    if (down !== undefined) return failure;
    if (failure.endpoint === tokenEndpoint) down = failure;
    unanswered = isUnanswered(failure) ? unanswered + 1 : 0;
    if (unanswered === maxUnanswered) await trouble();
    if (failure.reason !== 'auth' || (await trouble()) !== undefined) return failure;
    // The same credentials work elsewhere: it is a role that is missing here, whatever Atlas says.
    return { ...failure, reason: 'forbidden' };
  };

  return {
    readAccount: async (scope, work) => {
      const outcome = await attempt(scope, work);
      if (outcome.kind === 'failed' && isWhole(outcome.failure)) down ??= outcome.failure;
      return outcome;
    },
    read: (scope, work) => attempt(scope, work, judged),
  };
}

function isWhole(failure: Failure): boolean {
  return failure.reason === 'auth' || isUnanswered(failure);
}

function isUnanswered({ reason }: Failure): boolean {
  return reason === 'network' || reason === 'timeout' || reason === 'tls';
}

function asFailure(
  scope: string,
  error: unknown,
  onBug: (scope: string, error: unknown) => void,
): Failure {
  if (error instanceof AtlasError) return failureFrom(error);
  onBug(scope, error);
  return { reason: 'internal', endpoint: scope, detail: '' };
}
