import type { Generation } from '../domain/generation.ts';
import { type StateFaultReason, stateFaults } from '../domain/state-faults.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { ConditionHistory } from '../status/condition-history.ts';

/** An account is the same one as before a restart if both are the same. */
export type AccountIdentity = { readonly name: string; readonly baseUrl: string };

/** What outlives the process: all that was known when a poll ended. */
export type Remembered = {
  readonly writtenAt: UnixSeconds;
  readonly accounts: readonly AccountIdentity[];
  readonly generation: Generation;
  readonly conditions: ConditionHistory;
};

export class StateFault extends Error {
  override readonly name = 'StateFault';
  readonly reason: StateFaultReason;
  constructor(reason: StateFaultReason, cause?: unknown) {
    super(stateFaults[reason], { cause });
    this.reason = reason;
  }
}
