import { gzipSync } from 'node:zlib';
import { contentTypes } from '../../src/metrics/encoding.ts';
import type { PageRequest } from '../../src/metrics/page.ts';
import type { StatusView } from '../../src/status/view.ts';
import type { Access } from '../../src/web/access.ts';
import { defaultLimits, type Limits } from '../../src/web/listening/limits.ts';
import type { AskSnapshot } from '../../src/web/routes/pages.ts';
import { newServer } from '../../src/web/server.ts';
import { emptyView } from './views.ts';

/** What the routes asked of the exporter behind them. */
export type Asked = {
  refreshes: number;
  readonly waits: number[];
  readonly pages: PageRequest[];
  readonly scrapes: number[];
  readonly errors: unknown[];
};

type Behind = {
  readonly ready?: boolean;
  readonly healthy?: boolean;
  readonly broken?: boolean;
  readonly telemetryPath?: string;
  readonly access?: Access;
  readonly reload?: () => Promise<boolean>;
  /** A function: asked anew for each answer. */
  readonly view?: StatusView | (() => StatusView);
  readonly snapshot?: AskSnapshot;
  readonly limits?: Limits;
};

type Headers = Readonly<Record<string, string>>;

/** The routes before an exporter whose page is one line; nothing listens. */
export function newRoutes({
  ready = true,
  healthy = true,
  broken = false,
  telemetryPath = '/metrics',
  access,
  reload,
  view = emptyView,
  snapshot = async () => undefined,
  limits = defaultLimits,
}: Behind = {}) {
  const asked: Asked = { refreshes: 0, waits: [], pages: [], scrapes: [], errors: [] };
  const body = 'up 1\n';
  const server = newServer(
    {
      refreshIfDue: () => {
        asked.refreshes += 1;
      },
      ready: () => ready,
      healthy: () => healthy,
      firstPoll: async (atMostMs) => void asked.waits.push(atMostMs),
      page: async (request) => {
        if (broken) throw new Error('a canary that nobody may see');
        asked.pages.push(request);
        const sent = request.gzip ? gzipSync(body) : Buffer.from(body);
        return {
          contentType: contentTypes[request.format],
          contentEncoding: request.gzip ? 'gzip' : undefined,
          length: sent.length,
          body: [sent],
        };
      },
      view: async () => (typeof view === 'function' ? view() : view),
      snapshot,
      scraped: (seconds) => void asked.scrapes.push(seconds),
    },
    {
      telemetryPath,
      version: '1.2.3',
      onError: (error) => asked.errors.push(error),
      access,
      reload,
      limits,
    },
  );
  return {
    server,
    asked,
    body,
    get: (url: string, headers: Headers = {}) => server.inject({ method: 'GET', url, headers }),
    send: (method: 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', url: string) =>
      server.inject({ method, url }),
  };
}
