/** One request the simulator has answered, or cut off: status 0. */
type LoggedRequest = {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly status: number;
  /** Of the body of the answer. */
  readonly bytes: number;
};

/** What was asked of the simulator. The counters see every request; the entries only the last ones. */
export type RequestLog = {
  readonly entries: readonly LoggedRequest[];
  readonly total: number;
  readonly bytes: number;
  readonly byStatus: ReadonlyMap<number, number>;
  readonly unauthorised: number;
  reset(): void;
};

export type WritableRequestLog = RequestLog & { record(entry: LoggedRequest): void };

/** Keeps at least the last `kept` entries, and at most twice as many. */
export function newRequestLog(kept: number): WritableRequestLog {
  let entries: LoggedRequest[] = [];
  let total = 0;
  let bytes = 0;
  const byStatus = new Map<number, number>();
  return {
    get entries() {
      return entries;
    },
    get total() {
      return total;
    },
    get bytes() {
      return bytes;
    },
    byStatus,
    get unauthorised() {
      return byStatus.get(401) ?? 0;
    },
    reset: () => {
      entries = [];
      total = 0;
      bytes = 0;
      byStatus.clear();
    },
    record: (entry) => {
      total += 1;
      bytes += entry.bytes;
      byStatus.set(entry.status, (byStatus.get(entry.status) ?? 0) + 1);
      if (kept === 0) return;
      entries.push(entry);
      // Cut now and then: shifting one by one would cost the whole array each time.
      if (entries.length > 2 * kept) entries = entries.slice(-kept);
    },
  };
}
