import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { OneSnapshot, SnapshotAddress } from '../../status/one-snapshot.ts';
import type { StatusView } from '../../status/view.ts';
import type { PageFacts } from '../pages/layout.ts';

export type AskSnapshot = (
  address: SnapshotAddress,
  options: { readonly ask: boolean },
) => Promise<OneSnapshot | undefined>;

type Viewed = { readonly view: () => Promise<StatusView>; readonly snapshot: AskSnapshot };

const type = 'text/html; charset=utf-8';

/** The pages about one cluster, and about one of its snapshots. */
export function addClusterPages(
  server: FastifyInstance,
  { view, snapshot }: Viewed,
  facts: PageFacts,
): void {
  server.get<{ Params: { project: string; cluster: string } }>(
    '/clusters/:project/:cluster',
    async ({ params }, reply) => {
      const { clusterPage } = await import('../pages/cluster.ts');
      const page = clusterPage(await view(), params, facts);
      return page === undefined ? notFound(reply) : reply.type(type).send(page);
    },
  );
  server.get<{ Params: SnapshotAddress }>(
    '/clusters/:project/:cluster/snapshots/:id',
    async ({ params, method }, reply) => {
      // Only who reads the answer is worth a call to Atlas.
      const ask = method !== 'HEAD';
      const found = await snapshot(params, { ask });
      if (found === undefined) return notFound(reply);
      // Without the call, how long the page would be is not known: no length is given.
      if (!ask) return reply.type(type).send(Readable.from([]));
      const { snapshotPage } = await import('../pages/snapshot.ts');
      return reply.type(type).send(snapshotPage(found, facts));
    },
  );
}

function notFound(reply: FastifyReply) {
  return reply.code(404).type('text/plain; charset=utf-8').send('not found\n');
}
