import type { FastifyServerOptions } from 'fastify';

/** No route has a schema. The compilers for them would be a good part of what the library loads. */
export const withoutSchemas: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema },
};

function noSchema(): never {
  throw new Error('a route has a schema: let the library load its compilers');
}
