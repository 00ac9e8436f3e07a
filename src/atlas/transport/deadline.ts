/**
 * What could not be read last time is `behind`: retries are kept for it. Asked `again` in the same
 * pass, each request counts as a retry.
 */
export type RetryClass = 'normal' | 'priority' | 'lastResort';

/** Until when a caller is ready to wait. */
export type Deadline = {
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly deadlineMs: number;
  readonly retryClass?: RetryClass;
};
