import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import type { Timing } from '../../src/atlas/transport/timing.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { newExporter } from '../../src/exporter/exporter.ts';
import type { Log } from '../../src/exporter/log.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import type { World } from '../../src/simulator/world/world.ts';
import { watch } from '../canaries/watch.ts';
import { start } from '../simulator/client.ts';
import type { Place, Row } from './row.ts';

/** Two projects: clusters 1, 3, 5 and 7 are in the first, the others in the second. */
export function smallWorld(): World {
  const scenarios = ['healthy', 'sharded', 'pit', 'healthy', 'flex', 'healthy', 'healthy'] as const;
  return generatedWorld(
    {
      seed: 'faults',
      projects: 2,
      clusters: 8,
      snapshots: 6,
      scenarios: [...scenarios, 'onDemand'],
    },
    start,
  );
}

const anywhere = smallWorld();
export const firstProject = anywhere.projects[0]?.id ?? '';

/** The paths that a place means, as the end of a fault says it. */
export const pathOf: Readonly<Record<Place, string>> = {
  snapshots: '/clusters/cluster-3/backup/snapshots',
  sharded: '/clusters/cluster-2/backup/snapshots/shardedClusters',
  flex: '/flexClusters/cluster-5/backup/snapshots',
  schedule: '/clusters/cluster-3/backup/schedule',
  clusters: `/groups/${firstProject}/clusters`,
  projects: '/groups',
  everything: '*',
  token: '/api/oauth/token',
};

/** Whatever of these is found anywhere in what comes out has leaked. */
export const canaries = {
  publicKey: 'canarykey',
  privateKey: 'canary-private-7f2c',
  clientId: 'mdb_sa_id_canary',
  clientSecret: 'mdb_sa_sk_canary-91ab',
};

const key = `{ public_key: ${canaries.publicKey}, private_key: ${canaries.privateKey} }`;
const account = `{ client_id: ${canaries.clientId}, client_secret: ${canaries.clientSecret} }`;

export async function configFor(
  url: string,
  { by = 'key', timeoutMs = 5_000 }: Pick<Row, 'by' | 'timeoutMs'>,
): Promise<Config> {
  const auth = by === 'key' ? `api_key: ${key}` : `service_account: ${account}`;
  const file = `
accounts:
  - name: main
    base_url: ${url}
    auth: { ${auth} }
poll: { interval: 5m, discovery_interval: 5m, max_staleness: 24h, concurrency: 4 }
`;
  const loaded = await loadConfig({
    path: 'faults',
    env: {},
    readFile: async () => Buffer.from(file),
  });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  const poll = { ...loaded.config.poll, requestTimeoutSeconds: timeoutMs / 1000 };
  return { ...loaded.config, poll };
}

/** A wall clock that stands until it is set, and a monotonic one that every wait moves on at once. */
export type Times = {
  readonly wall: () => number;
  readonly monotonic: () => number;
  readonly timing: Timing;
  pass(seconds: number): void;
};

export function newTimes(): Times {
  let wall = start;
  let ms = 1_000_000;
  return {
    wall: () => wall,
    monotonic: () => ms / 1000,
    timing: {
      monotonicMs: () => ms,
      sleep: async (forMs, signal) => {
        const until = ms + forMs;
        await new Promise<void>((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        // Those who wait together wait for the same time, not for one another.
        ms = Math.max(ms, until);
      },
      random: () => 0.5,
    },
    pass: (seconds) => {
      wall += seconds;
      ms += seconds * 1000;
    },
  };
}

/** An exporter for the length of one test. */
export async function exporterOf(config: Config, times: Times) {
  const opened = await openExporter(config, times);
  onTestFinished(() => opened.exporter.close());
  return opened;
}

/** An exporter whose log is kept, to look for what must not stand in it. Who opens it closes it. */
export async function openExporter(config: Config, times: Times) {
  const logged: string[] = [];
  const write = (...event: readonly unknown[]) => {
    const line = inspect(event, { depth: 8 });
    watch('a log', line);
    logged.push(line);
  };
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const exporter = await newExporter({
    config,
    log,
    clock: times.wall,
    timing: times.timing,
  });
  return { exporter, logged, log };
}
