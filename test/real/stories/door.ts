import { once } from 'node:events';
import { createServer } from 'node:http';
import { pino } from 'pino';
import type { Config } from '../../../src/config/config.ts';
import { newExporter } from '../../../src/exporter/exporter.ts';
import { newServer } from '../../../src/web/server.ts';
import { type AcceleratedTime, clockOf, timingOf } from './accelerated-time.ts';

/** The one address that Prometheus scrapes, whoever answers there. Closed, nobody does. */
export type Door = {
  readonly address: string;
  /** An exporter, which knows nothing of one before it. Every so many-th scrape of it fails. */
  readonly startExporter: (
    config: Config,
    time: AcceleratedTime,
    failingScrape?: number,
  ) => Promise<void>;
  /** Another program. */
  readonly startStranger: () => Promise<void>;
  /** Whatever answers there ends. */
  readonly close: () => Promise<void>;
};

/** Opened by another program, so that the address is taken. */
export async function openDoor(): Promise<Door> {
  const host = '127.0.0.1';
  let port = 0;
  let close = async () => {};

  const startStranger = async () => {
    await close();
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4').end('stranger_up 1\n');
    });
    await once(server.listen(port, host), 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
    close = async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    };
  };

  await startStranger();
  return {
    address: `${host}:${port}`,
    startStranger,
    startExporter: async (config, time, failingScrape = Number.POSITIVE_INFINITY) => {
      await close();
      const log = pino({ level: 'silent' });
      const own = { clock: clockOf(time), timing: timingOf(time) };
      const exporter = await newExporter({ config, log, ...own });
      const { poller, page, view, snapshot, telemetry } = exporter;
      const server = newServer(
        { ...poller, page, view, snapshot, scraped: telemetry.scraped },
        { telemetryPath: '/metrics', version: 'test', onError: (error) => log.error(error) },
      );
      let scrapes = 0;
      server.addHook('onRequest', async (_request, reply) => {
        scrapes += 1;
        if (scrapes % failingScrape === 0) return reply.code(500).send('not this time\n');
      });
      await server.listen({ host, port });
      poller.refreshIfDue();
      close = async () => {
        await exporter.close();
        server.server.closeAllConnections();
        await server.close();
      };
    },
    close: async () => {
      await close();
      close = async () => {};
    },
  };
}
