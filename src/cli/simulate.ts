import { newLog } from '../exporter/log.ts';
import { faultList } from '../simulator/faults/table.ts';
import { addressFrom } from './address-flag.ts';
import { untilStopped } from './running.ts';
import { faultsFrom, simulatedAccount, simulator, wholeNumber, worldFrom } from './simulation.ts';
import type { Run } from './usage.ts';

export const simulate: Run = async (values) => {
  if (values.fault === 'list') {
    process.stdout.write(faultList());
    return 0;
  }
  const wanted = faultsFrom(values);
  const { url, close, faults } = await simulator({
    world: worldFrom(values),
    ...(addressFrom('listen-address', values) ?? { host: '127.0.0.1', port: 8080 }),
    latencyMs: wholeNumber('latency', values, [0, 60_000]) ?? 0,
  });
  faults.set(wanted);
  process.stdout.write(
    [
      `Simulated Atlas listening on ${url}`,
      '',
      'Account for config.yaml:',
      '',
      ...simulatedAccount('simulated', url),
      '',
      'Or with a service account: client_id mdb_sa_id_simulator, client_secret mdb_sa_sk_simulator',
      '',
      'Set faults at runtime; an empty body clears them:',
      '',
      `curl -X PUT -d 'server_error:0.3' ${url}/-/faults`,
      '',
    ].join('\n'),
  );
  return untilStopped(close, newLog({ level: 'warn', format: 'logfmt' }));
};
