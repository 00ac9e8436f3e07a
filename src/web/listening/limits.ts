/** What one client, or very many, may cost. */
export type Limits = {
  /** Beyond these the connection goes that has been without a request for longest. */
  readonly connections: number;
  /** Scrapes that wait for their page at the same time. */
  readonly scrapes: number;
  /** URL and headers together. */
  readonly headerBytes: number;
  readonly headers: number;
  /** For a request to come in whole, from its first byte or from the connection's beginning. */
  readonly requestMs: number;
  /** For an answer to be taken, from its first byte. */
  readonly answerMs: number;
  readonly idleMs: number;
  /** How often Node.js looks for connections that are over time. */
  readonly lookEveryMs: number;
};

/** The README tells operators the same. */
export const defaultLimits: Limits = {
  connections: 512,
  // As many as node_exporter takes.
  scrapes: 40,
  headerBytes: 16 * 1024,
  headers: 100,
  requestMs: 9_000,
  answerMs: 14_000,
  // Longer than a scrape interval of a minute, so that Prometheus keeps its connection.
  idleMs: 75_000,
  lookEveryMs: 500,
};
