// Sends one kept buffer, as fast as fastify can.
import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';
import { answering } from './answering.ts';

const [, , file = ''] = process.argv;
const body = readFileSync(file);
const server = fastify({ logger: false });
server.get('/metrics', (_request, reply) =>
  reply
    .header('vary', 'Accept, Accept-Encoding')
    .header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    .header('content-encoding', 'gzip')
    .send(body),
);
answering({});
console.log(`listening on ${await server.listen({ host: '127.0.0.1', port: 0 })}`);
