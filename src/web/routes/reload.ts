import type { FastifyInstance } from 'fastify';

export const reloadPath = '/-/reload';

/** Answers 200 only when the configuration that was read is in use. Bodies are constant. */
export function addReload(
  server: FastifyInstance,
  reload: (() => Promise<boolean>) | undefined,
): void {
  server.register(async (scope) => {
    // What a client sends along, such as an empty form, says nothing and is not read.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => {
      payload.resume();
      done(null);
    });
    scope.post(reloadPath, async (_request, reply) => {
      reply.type('text/plain; charset=utf-8');
      if (reload === undefined) return reply.code(403).send(off);
      return (await reload()) ? reply.send(inUse) : reply.code(500).send(refused);
    });
  });
}

const off = 'reloading by HTTP is off; --web.enable-lifecycle turns it on\n';
const inUse = 'configuration reloaded\n';
const refused = 'the configuration is invalid; keeping the previous configuration, see the log\n';
