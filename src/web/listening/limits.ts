/** What one client, or very many, may cost. The README tells operators the same. */
export const limits = {
  /** Beyond these the connection goes that has been without a request for longest. */
  connections: 512,
  /** Scrapes that wait for their page at the same time; as many as node_exporter takes. */
  scrapes: 40,
  /** URL and headers together. */
  headerBytes: 16 * 1024,
  headers: 100,
  /** For a request to come in whole, from its first byte or from the connection's beginning. */
  requestMs: 9_000,
  /** For an answer to be taken, from its first byte. */
  answerMs: 14_000,
  /** Longer than a scrape interval of a minute, so that Prometheus keeps its connection. */
  idleMs: 75_000,
  /** How often Node.js looks for connections that are over time. */
  lookEveryMs: 500,
} as const;
