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
export class RequestLog {
  #entries: LoggedRequest[] = [];
  total = 0;
  bytes = 0;
  readonly byStatus = new Map<number, number>();
  readonly #kept: number;

  /** Keeps at least the last `kept` entries, and at most twice as many. */
  constructor(kept: number) {
    this.#kept = kept;
  }

  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  get unauthorised(): number {
    return this.byStatus.get(401) ?? 0;
  }

  reset(): void {
    this.#entries = [];
    this.total = 0;
    this.bytes = 0;
    this.byStatus.clear();
  }

  record(entry: LoggedRequest): void {
    this.total += 1;
    this.bytes += entry.bytes;
    this.byStatus.set(entry.status, (this.byStatus.get(entry.status) ?? 0) + 1);
    if (this.#kept === 0) return;
    this.#entries.push(entry);
    // Cut now and then: shifting one by one would cost the whole array each time.
    if (this.#entries.length > 2 * this.#kept) this.#entries = this.#entries.slice(-this.#kept);
  }
}
