import type { FastifyInstance } from 'fastify';
import type { StatusView } from '../../status/view.ts';
import { apiPaths } from '../api/endpoint.ts';
import { badRequest } from '../listening/refusal.ts';

type Viewed = {
  readonly refreshIfDue: () => void;
  readonly view: () => Promise<StatusView>;
};

const plain = 'text/plain; charset=utf-8';

/** The same as the pages show, as JSON. Loaded, with its schemas, when it is asked for. */
export function addApi(
  server: FastifyInstance,
  served: Viewed,
  { version }: { readonly version: string },
): void {
  for (const path of apiPaths) {
    server.get<{ Params: Record<string, string> }>(path, async ({ params, query }, reply) => {
      served.refreshIfDue();
      const { endpoints } = await import('../api/endpoints.ts');
      const given = endpoints[path].answer(await served.view(), { params, query, version });
      if (given === 'bad request') return reply.code(400).type(plain).send(badRequest);
      if (given === 'not found') return reply.code(404).type(plain).send('not found\n');
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(given));
    });
  }
}
