import { Agent, get } from 'node:http';

export type Client = {
  /** Milliseconds from asking to the last byte of the answer, with gzip. */
  readonly scrape: () => Promise<number>;
  readonly body: (headers?: Readonly<Record<string, string>>) => Promise<Buffer>;
  readonly close: () => void;
};

const silentMs = 60_000;

/** One scraper with one kept connection. Gives up on a server that says nothing for a minute. */
export function newClient(url: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const gzip = { 'accept-encoding': 'gzip' };
  const exchange = (
    headers: Readonly<Record<string, string>>,
    take: (chunk: Buffer) => void,
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      const from = performance.now();
      const request = get(url, { agent, headers, timeout: silentMs }, (response) => {
        response.on('data', take);
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - from);
          else reject(new Error(`${url} answered ${response.statusCode}`));
        });
      });
      request.on('error', reject);
      request.on('timeout', () => request.destroy(new Error(`${url} has fallen silent`)));
    });
  return {
    scrape: () => exchange(gzip, () => undefined),
    body: async (headers = {}) => {
      const chunks: Buffer[] = [];
      await exchange(headers, (chunk) => chunks.push(chunk));
      return Buffer.concat(chunks);
    },
    close: () => agent.destroy(),
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

/** Waits until the next second has begun, so that a page with ages is shared with no scrape before. */
export function nextSecond(): Promise<void> {
  return pause(1_020 - (Date.now() % 1_000));
}
