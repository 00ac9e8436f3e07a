/**
 * What could not be read last time is `behind`: retries are kept for it. Asked `again` in the same
 * pass, each request counts as a retry.
 */
export type Need = 'usual' | 'behind' | 'again';

/** Until when a caller is ready to wait. */
export type Patience = {
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly giveUpAt: number;
  readonly need?: Need;
};
