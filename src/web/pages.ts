import type { FastifyInstance } from 'fastify';
import type { StatusView } from '../status/view.ts';
import { clusterPage } from './pages/cluster.ts';
import { fleetPage } from './pages/fleet.ts';

/** What the pages need of the exporter. */
type Viewed = {
  readonly refreshIfDue: () => void;
  readonly view: () => Promise<StatusView>;
};

export type PageFacts = { readonly telemetryPath: string; readonly version: string };

const type = 'text/html; charset=utf-8';
const plain = 'text/plain; charset=utf-8';

/** The pages for people. Like a scrape, looking at one starts a poll when the data is old. */
export function addPages(server: FastifyInstance, served: Viewed, facts: PageFacts): void {
  const view = () => {
    served.refreshIfDue();
    return served.view();
  };
  server.get('/', async (_request, reply) => reply.type(type).send(fleetPage(await view(), facts)));
  server.get<{ Params: { project: string; cluster: string } }>(
    '/clusters/:project/:cluster',
    async ({ params }, reply) => {
      const page = clusterPage(await view(), params, facts);
      if (page === undefined) return reply.code(404).type(plain).send('not found\n');
      return reply.type(type).send(page);
    },
  );
}
