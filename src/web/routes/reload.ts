import type { FastifyInstance } from 'fastify';
import { sendText } from '../sending.ts';

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
      if (reload === undefined) return sendText(reply, 403, off);
      return (await reload()) ? sendText(reply, 200, inUse) : sendText(reply, 500, refused);
    });
  });
}

const off = 'reloading by HTTP is off; --web.enable-lifecycle turns it on';
const inUse = 'configuration reloaded';
const refused = 'the configuration is invalid; keeping the previous configuration, see the log';
