import type { FastifyInstance } from 'fastify';
import type { Access } from './access.ts';

/** Probes have no credentials; these two tell nothing that needs any. */
const openToAll: readonly (string | undefined)[] = ['/-/healthy', '/-/ready'];

/** Asks for credentials before anything else is looked at, unknown paths included. */
export function guardAccess(server: FastifyInstance, { refresh, admits, tls }: Access): void {
  server.addHook('onRequest', async (request, reply) => {
    await refresh();
    // Whoever came in under old terms shows the certificate of the new ones, and sees ours.
    if (tls?.isOutdated(request.raw.socket)) reply.header('connection', 'close');
    if (openToAll.includes(request.routeOptions.url)) return;
    const { authorization } = request.headers;
    const admission = await admits(authorization, () => request.raw.socket.destroyed);
    if (admission === 'admitted') return;
    reply.type('text/plain; charset=utf-8');
    if (admission === 'busy') {
      await reply.code(503).header('retry-after', '5').send('busy\n');
    } else {
      await reply.code(401).header('www-authenticate', 'Basic').send('unauthorized\n');
    }
  });
  server.addHook('preClose', async () => tls?.stop());
}
