import type { Command } from './usage.ts';

const toReadAtlas = ['config.file', 'account', 'output', 'log.level', 'log.format'] as const;

/** All of them; the first is the default. What one of them needs is loaded when it is called. */
export const commands: readonly Command[] = [
  {
    name: 'serve',
    takes: [],
    flags: [
      'config.file',
      'config.auto-reload-interval',
      'web.listen-address',
      'web.external-url',
      'web.config.file',
      'web.enable-lifecycle',
      'shard',
      'total-shards',
      'log.level',
      'log.format',
    ],
    help: 'run the exporter (the default); SIGHUP reloads the configuration',
    run: async (...call) => (await import('./serve.ts')).serve(...call),
  },
  {
    name: 'demo',
    takes: [],
    flags: [
      'web.listen-address',
      'web.external-url',
      'web.config.file',
      'seed',
      'log.level',
      'log.format',
    ],
    help: 'run the exporter on a simulated Atlas: no credentials, no network',
    run: async (...call) => (await import('./demo.ts')).demo(...call),
  },
  {
    name: 'simulate',
    takes: [],
    flags: ['listen-address', 'projects', 'clusters', 'snapshots', 'seed', 'latency', 'fault'],
    help: 'run the simulated Atlas alone, to try rules and dashboards',
    run: async (...call) => (await import('./simulate.ts')).simulate(...call),
  },
  {
    name: 'check',
    takes: [],
    flags: ['config.file', 'web.config.file', 'online', 'log.level', 'log.format'],
    help: 'validate the configuration; --online also tries the credentials',
    run: async (...call) => (await import('./check.ts')).check(...call),
  },
  {
    name: 'health',
    takes: [],
    flags: ['config.file', 'web.listen-address'],
    help: 'check the health of the exporter on this machine; for container health checks',
    run: async (...call) => (await import('./health.ts')).health(...call),
  },
  {
    name: 'once',
    takes: [],
    flags: ['config.file', 'shard', 'total-shards', 'log.level', 'log.format'],
    help: 'poll once and print the metrics; exit 1 if anything in scope could not be read',
    run: async (...call) => (await import('./once.ts')).once(...call),
  },
  {
    name: 'snapshots list',
    takes: ['PROJECT', 'CLUSTER'],
    flags: toReadAtlas,
    help: 'the snapshots of one cluster, newest first',
    run: async (...call) => (await import('./snapshots.ts')).listSnapshots(...call),
  },
  {
    name: 'snapshots get',
    takes: ['PROJECT', 'CLUSTER', 'SNAPSHOT'],
    flags: toReadAtlas,
    help: 'one snapshot by its id, cloud, flex or legacy',
    run: async (...call) => (await import('./snapshots.ts')).oneSnapshot(...call),
  },
];
