import type { Plugin } from 'rolldown';

/** Modules of which we use a part, and what that is; the rest would be read at every start. */
const parts: Readonly<Record<string, string>> = {
  undici: `
    export { default as Pool } from 'undici/lib/dispatcher/pool.js';
    export { default as buildConnector } from 'undici/lib/core/connect.js';
    export { default as errors } from 'undici/lib/core/errors.js';
  `,
  // An `import` asks it for all that it has, which includes another client with WebSockets.
  'node:http': "module.exports = process.getBuiltinModule('node:http');",
  // For routes with a schema, and for tests; fastify loads none of it for us.
  '@fastify/ajv-compiler': '',
  '@fastify/fast-json-stringify-compiler': '',
  'light-my-request': '',
};

const prefix = '\0part:';

/** Leaves out of the bundle what the program never loads. */
export const leftOut: Plugin = {
  name: 'left-out',
  resolveId: async function (source, importer) {
    if (Object.hasOwn(parts, source)) return `${prefix}${source}`;
    // They import as if they stood among our own files.
    return importer?.startsWith(prefix) ? this.resolve(source, 'src/main.ts') : undefined;
  },
  load: (id) => (id.startsWith(prefix) ? parts[id.slice(prefix.length)] : undefined),
};
