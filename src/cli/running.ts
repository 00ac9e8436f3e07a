import closeWithGrace from 'close-with-grace';
import type { Config } from '../config/config.ts';
import { build } from '../exporter/build.ts';
import type { Exporter } from '../exporter/exporter.ts';
import type { Log } from '../exporter/log.ts';
import type { WebConfig } from '../exporter/web-access.ts';
import { newServer } from '../web/server.ts';
import { CommandError } from './usage.ts';

export type Running = { readonly url: string; readonly close: () => Promise<void> };

type Extras = {
  readonly web?: WebConfig | undefined;
  /** What POST /-/reload does. Undefined: it is refused. */
  readonly reload?: (() => Promise<boolean>) | undefined;
};

/** Listens first, then polls: a port that is taken costs Atlas nothing. @throws CommandError 1 */
export async function startServing(
  exporter: Exporter,
  config: Config,
  log: Log,
  { web, reload }: Extras = {},
): Promise<Running> {
  const access = web && (await import('../exporter/web-access.ts')).liveAccess(web, { log });
  const server = newServer(served(exporter), {
    telemetryPath: config.web.telemetryPath,
    version: build.version,
    onError: (error) => log.error({ err: error }, 'a request could not be answered'),
    access,
    reload,
  });
  const { host, port } = config.web.listenAddress;
  const origin = await server.listen({ host, port }).catch(async (error: NodeJS.ErrnoException) => {
    await exporter.close();
    throw new CommandError(listenProblem(`${host}:${port}`, error.code), 1);
  });
  const url = access?.tls === undefined ? origin : origin.replace(/^http:/, 'https:');
  exporter.poller.refreshIfDue();
  log.info({ url, version: build.version }, 'serving');
  return {
    url,
    close: async () => {
      await exporter.close();
      // A client that sends half a request, or does not read its response, must not delay the stop.
      const cut = setTimeout(() => server.server.closeAllConnections(), maxFinishMs);
      await server.close();
      clearTimeout(cut);
    },
  };
}

function served({ poller, page, view, snapshot, telemetry }: Exporter) {
  const { refreshIfDue, ready, healthy, firstPoll } = poller;
  const { scraped } = telemetry;
  return { refreshIfDue, ready, healthy, firstPoll, page, view, snapshot, scraped };
}

export function listenProblem(address: string, code: string | undefined): string {
  const why = code === 'EADDRINUSE' ? 'address already in use' : (code ?? 'unknown error');
  return `cannot listen on ${address}: ${why}`;
}

/** How long responses in progress may take once the signal has come. */
const maxFinishMs = 3_000;

const maxCloseMs = 4_500;

/**
 * Resolves once a signal has come and everything is closed. A second signal ends the process at
 * once; so does closing that takes too long. Signals of `skip` are left to others.
 */
export function untilStopped(
  close: () => Promise<void>,
  log: Log,
  skip: 'SIGHUP'[] = [],
): Promise<number> {
  return new Promise((resolve) => {
    closeWithGrace({ delay: maxCloseMs, logger: false, skip }, async ({ err, signal }) => {
      // Not by the error: anything may be thrown, undefined as well.
      const faulty = signal === undefined;
      if (faulty) log.error({ err }, 'internal error, stopping');
      else log.info({ signal }, 'stopping');
      await close();
      resolve(faulty ? 1 : 0);
      // The library ends the process with 0 unless there is an error.
      if (faulty) throw err;
    });
  });
}
