import { access, readFile } from 'node:fs/promises';
import type { ListenAddress } from '../config/listen-address.ts';
import { addressFrom } from './address-flag.ts';
import { type Health, probe } from './probe.ts';
import type { FlagValues, Run } from './usage.ts';

export const health: Run = async (values) => {
  const address =
    addressFrom('web.listen-address', values) ??
    (await configuredAddress(values)) ??
    defaultAddress;
  const found = await probe(address);
  const isWell = found.kind === 'healthy' || found.kind === 'wants-certificate';
  const { host, port } = address;
  (isWell ? process.stdout : process.stderr).write(`${host}:${port} ${words(found)}\n`);
  return isWell ? 0 : 1;
};

const defaultAddress: ListenAddress = { host: '0.0.0.0', port: 10_071 };

/**
 * Undefined when there is no file, or anything wrong with it: a running exporter outlives that, so
 * it is no reason to call it sick.
 */
async function configuredAddress(values: FlagValues): Promise<ListenAddress | undefined> {
  const named = values['config.file'];
  const path = typeof named === 'string' ? named : 'config.yaml';
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  // Loaded only where there is a file to read: it is most of what this command costs.
  const { loadConfig } = await import('../config/load.ts');
  const loaded = await loadConfig({ path, env: process.env, readFile });
  return loaded.kind === 'ok' ? loaded.config.web.listenAddress : undefined;
}

function words(found: Health): string {
  switch (found.kind) {
    case 'healthy':
      return 'is healthy';
    case 'unhealthy':
      return `is not healthy: ${found.body}`;
    case 'wants-certificate':
      return 'answers, but requires a client certificate: its health is unknown';
    case 'no-answer':
      return `does not answer (${found.code})`;
  }
}
