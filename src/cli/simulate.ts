import { newLog } from '../log.ts';
import { addressFrom } from './configuration.ts';
import { untilStopped } from './running.ts';
import { simulatedAccount, simulator, wholeNumber, worldFrom } from './simulation.ts';
import type { Command } from './usage.ts';

export const simulate: Command = {
  name: 'simulate',
  takes: [],
  flags: ['listen-address', 'projects', 'clusters', 'snapshots', 'seed', 'latency'],
  help: 'run the embedded Atlas alone, to try rules and dashboards on',
  run: async (values) => {
    const { url, close } = await simulator({
      world: worldFrom(values),
      ...(addressFrom('listen-address', values) ?? { host: '127.0.0.1', port: 8080 }),
      latencyMs: wholeNumber('latency', values, [0, 60_000]) ?? 0,
    });
    process.stdout.write(
      [
        `A simulated Atlas listens on ${url}`,
        '',
        'An account for config.yaml:',
        '',
        ...simulatedAccount('simulated', url),
        '',
        'Or as a service account: mdb_sa_id_simulator, mdb_sa_sk_simulator',
        '',
      ].join('\n'),
    );
    return untilStopped(close, newLog({ level: 'warn', format: 'logfmt' }));
  },
};
