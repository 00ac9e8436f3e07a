import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { OneSnapshot, SnapshotAddress } from '../../status/one-snapshot.ts';
import type { StatusView } from '../../status/view.ts';
import type { PageFacts } from '../pages/layout.ts';
import { sendText } from '../sending.ts';

export type AskSnapshot = (
  address: SnapshotAddress,
  options: { readonly ask: boolean },
) => Promise<OneSnapshot | undefined>;

type Viewed = { readonly view: () => Promise<StatusView>; readonly snapshot: AskSnapshot };

/** The pages for people. Each is loaded when it is first requested: a scrape does not wait for it. */
export function addPages(
  server: FastifyInstance,
  { view, snapshot }: Viewed,
  facts: PageFacts,
): void {
  server.get('/', async (request, reply) => {
    const [{ fleetQuery }, { fleetPage }] = await Promise.all([
      import('../pages/fleet-query.ts'),
      import('../pages/fleet.ts'),
    ]);
    const query = fleetQuery(request.query);
    if (query === undefined) return sendText(reply, 400, 'bad request');
    return html(reply).send(fleetPage(await view(), query, facts));
  });
  server.get<{ Params: { project: string; cluster: string } }>(
    '/clusters/:project/:cluster',
    async ({ params }, reply) => {
      const { clusterPage } = await import('../pages/cluster.ts');
      const page = clusterPage(await view(), params, facts);
      return page === undefined ? sendText(reply, 404, 'not found') : html(reply).send(page);
    },
  );
  server.get<{ Params: SnapshotAddress }>(
    '/clusters/:project/:cluster/snapshots/:id',
    async ({ params, method }, reply) => {
      // Only who reads the answer is worth a call to Atlas.
      const ask = method !== 'HEAD';
      const found = await snapshot(params, { ask });
      if (found === undefined) return sendText(reply, 404, 'not found');
      // Without the call, how long the page would be is not known: no length is given.
      if (!ask) return html(reply).send(Readable.from([]));
      const { snapshotPage } = await import('../pages/snapshot.ts');
      return html(reply).send(snapshotPage(found, facts));
    },
  );
}

function html(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8');
}
