import type { FastifyInstance } from 'fastify';

export type Health = {
  /** The first poll has ended. */
  readonly ready: () => boolean;
  readonly healthy: () => boolean;
};

const plain = 'text/plain; charset=utf-8';
const stuck = 'a poll began long ago and does not end: restart the exporter\n';

export function addHealth(server: FastifyInstance, { ready, healthy }: Health): void {
  server.get('/-/healthy', async (_request, reply) =>
    healthy() ? reply.type(plain).send('healthy\n') : reply.code(503).type(plain).send(stuck),
  );
  server.get('/-/ready', async (_request, reply) =>
    ready()
      ? reply.type(plain).send('ready\n')
      : reply.code(503).type(plain).send('the first poll has not ended yet\n'),
  );
}
