import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const types = {
  'style.css': 'text/css; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** The files beside the pages, read once when the server is made. */
export function addAssets(server: FastifyInstance): void {
  for (const [name, type] of Object.entries(types)) {
    const body = readFileSync(new URL(`assets/${name}`, import.meta.url));
    server.get(`/assets/${name}`, async (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(body),
    );
  }
}
