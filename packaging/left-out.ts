import type { Plugin } from 'rolldown';

/** Modules of which we use a part, and what that is; the rest would be read at every start. */
const parts: Readonly<Record<string, string>> = {
  undici: `
    export { default as Pool } from 'undici/lib/dispatcher/pool.js';
    export { default as buildConnector } from 'undici/lib/core/connect.js';
    export { default as errors } from 'undici/lib/core/errors.js';
  `,
  // Its own default metrics would bring tracing, and its summaries their trees.
  'prom-client': `
    export { default as Registry } from 'prom-client/lib/registry.js';
    export { default as Counter } from 'prom-client/lib/counter.js';
    export { default as Gauge } from 'prom-client/lib/gauge.js';
    export { default as Histogram } from 'prom-client/lib/histogram.js';
  `,
  // An `import` asks them for all that they have, which includes another client with WebSockets, and
  // what compares texts for failed assertions.
  'node:http': "module.exports = process.getBuiltinModule('node:http');",
  'node:util': "module.exports = process.getBuiltinModule('node:util');",
  // For routes with a schema, for tests, for plugins that name a version, and behind trusted proxies;
  // fastify uses none of it for us.
  '@fastify/ajv-compiler': '',
  '@fastify/fast-json-stringify-compiler': '',
  'light-my-request': '',
  semver: '',
  '@fastify/proxy-addr': '',
  // For logs that another thread writes.
  'thread-stream': '',
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
