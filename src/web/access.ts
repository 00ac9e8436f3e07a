import type { FastifyInstance } from 'fastify';
import type { TlsListener } from './listening/tls-listener.ts';
import { sendText } from './sending.ts';

/** The outcome for a request. `busy`: too many passwords wait to be compared. */
export type Admission = 'admitted' | 'refused' | 'busy';

/** Who may ask, and which headers answers get. It may change while the server runs. */
export type Access = {
  /** Checks whether its files have changed. Never rejects; cheap enough for every request. */
  readonly refresh: () => Promise<void>;
  /** Headers of every answer, in lower case; an empty value leaves one out. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** `hasGone`: the client has disconnected. */
  readonly admits: (
    authorization: string | undefined,
    hasGone: () => boolean,
  ) => Promise<Admission>;
  /** Undefined: plain HTTP. */
  readonly tls: TlsListener | undefined;
};

/** Probes have no credentials; these two say nothing that needs any. */
const openToAll: readonly (string | undefined)[] = ['/-/healthy', '/-/ready'];

/** Asks for credentials before anything else is looked at, unknown paths included. */
export function guardAccess(server: FastifyInstance, { refresh, admits, tls }: Access): void {
  server.addHook('onRequest', async (request, reply) => {
    await refresh();
    // After a change of certificates a client has to make a new handshake.
    if (tls?.isOutdated(request.raw.socket)) reply.header('connection', 'close');
    if (openToAll.includes(request.routeOptions.url)) return;
    const { authorization } = request.headers;
    const admission = await admits(authorization, () => request.raw.socket.destroyed);
    if (admission === 'admitted') return;
    if (admission === 'busy') return sendText(reply.header('retry-after', '5'), 503, 'busy');
    return sendText(reply.header('www-authenticate', 'Basic'), 401, 'unauthorized');
  });
  server.addHook('preClose', async () => tls?.stop());
}
