import type { FastifyInstance } from 'fastify';
import { sendText } from '../sending.ts';

export type Health = {
  /** The first poll has ended. */
  readonly ready: () => boolean;
  readonly healthy: () => boolean;
};

export function addHealth(server: FastifyInstance, { ready, healthy }: Health): void {
  server.get('/-/healthy', async (_request, reply) =>
    healthy() ? sendText(reply, 200, 'healthy') : sendText(reply, 503, stuck),
  );
  server.get('/-/ready', async (_request, reply) =>
    ready() ? sendText(reply, 200, 'ready') : sendText(reply, 503, unpolled),
  );
}

const stuck = 'a poll began long ago and does not end: restart the exporter';
const unpolled = 'the first poll has not ended yet';
