import type { FastifyInstance } from 'fastify';
import type { StatusView } from '../../status/view.ts';
import { apiPaths } from '../api/endpoint.ts';
import { sendText } from '../sending.ts';

/** The same as the pages show, as JSON. Loaded, with its schemas, when it is first requested. */
export function addApi(
  server: FastifyInstance,
  view: () => Promise<StatusView>,
  { version }: { readonly version: string },
): void {
  for (const path of apiPaths) {
    server.get<{ Params: Record<string, string> }>(path, async ({ params, query }, reply) => {
      const { endpoints } = await import('../api/endpoints.ts');
      const given = endpoints[path].answer(await view(), { params, query, version });
      if (given === 'bad request') return sendText(reply, 400, given);
      if (given === 'not found') return sendText(reply, 404, given);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(given));
    });
  }
}
