import type { FastifyInstance } from 'fastify';
import type { StatusView } from '../../status/view.ts';
import { badRequest } from '../listening/refusal.ts';
import type { PageFacts } from '../pages/layout.ts';
import { type AskSnapshot, addClusterPages } from './cluster-pages.ts';

/** What the pages need of the exporter. */
type Viewed = {
  readonly refreshIfDue: () => void;
  readonly view: () => Promise<StatusView>;
  readonly snapshot: AskSnapshot;
};

const type = 'text/html; charset=utf-8';
const plain = 'text/plain; charset=utf-8';

/**
 * The pages for people. Like a scrape, looking at one starts a poll when the data is old. What makes a
 * page is loaded when one is asked for, so that the first scrape does not wait for it.
 */
export function addPages(server: FastifyInstance, served: Viewed, facts: PageFacts): void {
  const view = () => {
    served.refreshIfDue();
    return served.view();
  };
  server.get('/', async (request, reply) => {
    const [{ fleetQuery }, { fleetPage }] = await Promise.all([
      import('../fleet-query.ts'),
      import('../pages/fleet.ts'),
    ]);
    const query = fleetQuery(request.query);
    if (query === undefined) return reply.code(400).type(plain).send(badRequest);
    return reply.type(type).send(fleetPage(await view(), query, facts));
  });
  addClusterPages(server, { view, snapshot: served.snapshot }, facts);
}
