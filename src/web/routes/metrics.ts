import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Page, PageRequest } from '../../metrics/page.ts';
import { acceptedFormat, acceptsGzip } from '../negotiate.ts';
import { sendText, streamed } from '../sending.ts';

/** What a scrape needs of the exporter. */
export type Scraped = {
  readonly refreshIfDue: () => void;
  readonly ready: () => boolean;
  readonly firstPoll: (atMostMs: number) => Promise<void>;
  readonly page: (request: PageRequest) => Promise<Page>;
  readonly scraped: (seconds: number) => void;
};

/** The metrics; no more than so many requests at once get the page. */
export function addMetrics(
  server: FastifyInstance,
  served: Scraped,
  path: string,
  maxScrapes: number,
): void {
  const scrapes = atMost(maxScrapes);
  server.get(path, async (request, reply) => {
    const page = await scrapes(() => scrape(served, request));
    if (page === undefined) return sendText(reply.header('retry-after', '5'), 503, 'busy');
    if (page.contentEncoding !== undefined) reply.header('content-encoding', page.contentEncoding);
    return reply
      .header('vary', 'Accept, Accept-Encoding')
      .header('content-type', page.contentType)
      .header('content-length', page.length)
      .send(streamed(page.body, { encrypted: request.protocol === 'https' }));
  });
}

async function scrape(served: Scraped, request: FastifyRequest): Promise<Page> {
  const startedAt = performance.now();
  served.refreshIfDue();
  if (!served.ready()) await served.firstPoll(patienceMs(request));
  const page = await served.page({
    format: acceptedFormat(request.headers.accept),
    gzip: acceptsGzip(single(request.headers['accept-encoding'])),
  });
  served.scraped((performance.now() - startedAt) / 1000);
  return page;
}

const defaultPatienceMs = 9_500;
const maxWaitMs = 120_000;

/** How long a scrape may wait for the first poll: half a second less than the scraper does. */
function patienceMs({ headers }: FastifyRequest): number {
  const given = single(headers['x-prometheus-scrape-timeout-seconds']) || 'absent';
  const seconds = Number(given);
  if (!Number.isFinite(seconds)) return defaultPatienceMs;
  return Math.min(Math.max(seconds * 1000 - 500, 0), maxWaitMs);
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Runs at most so many at once, and answers undefined without running any more. */
function atMost(max: number): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  let running = 0;
  return async (work) => {
    if (running >= max) return undefined;
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
}
