/** Limits on requests, for one client or very many. */
export type Limits = {
  /** Beyond these the connection goes that has been without a request for longest. */
  readonly connections: number;
  /** Scrapes that wait for their page at the same time. */
  readonly scrapes: number;
  /** URL and headers together. */
  readonly headerBytes: number;
  readonly headers: number;
  /** For a whole request to arrive, from its first byte or the start of the connection. */
  readonly requestMs: number;
  /** For the client to read an answer, from its first byte. */
  readonly answerMs: number;
  readonly idleMs: number;
  /** How often Node.js checks for connections over their time limit. */
  readonly lookEveryMs: number;
};

/** Also documented in the README. */
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
