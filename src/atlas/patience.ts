/** Until when a caller is ready to wait. */
export type Patience = {
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly giveUpAt: number;
};
