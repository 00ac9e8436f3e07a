import { join } from 'node:path';
import { program, startExporter } from './exporter.ts';
import { type Running, start } from './processes.ts';

/** A simulated fleet whose answers were recorded, and are played back. */
export type Fleet = {
  readonly clusters: number;
  /** As many reads at a time as suit it. */
  readonly concurrency: number;
  readonly url: string;
  readonly replay: Running;
  readonly latency: (ms: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type FleetSize = {
  readonly clusters: number;
  /** So many that pacing, which goes by project, never makes a poll wait. */
  readonly projects: number;
  readonly concurrency: number;
  readonly snapshots?: number;
};

/** Starts the simulator as users do, and ends it once an exporter has asked for all that it ever asks for. */
export async function startFleet(size: FleetSize): Promise<Fleet> {
  const { clusters, projects, concurrency, snapshots } = size;
  const simulator = start({
    file: process.execPath,
    args: [
      ...[program, 'simulate', '--listen-address', '127.0.0.1:0'],
      ...['--projects', `${projects}`, '--clusters', `${clusters}`],
      ...(snapshots === undefined ? [] : ['--snapshots', `${snapshots}`]),
    ],
  });
  const atlas = await simulator.printed(/listening on (http\S+)/);
  const replay = start({
    file: process.execPath,
    args: [join(import.meta.dirname, 'peers/replay.ts'), atlas],
    asked: true,
  });
  const url = await replay.printed(/listening on (http\S+)/);
  const exporter = await startExporter({
    atlas: url,
    interval: '5m',
    concurrency,
    poll: 'discovery_interval: 5m',
  });
  await exporter.poll(301_000);
  await exporter.stop();
  await simulator.stop();
  return {
    clusters,
    concurrency,
    url,
    replay,
    latency: async (ms) => void (await replay.ask({ ask: 'latency', ms })),
    stop: replay.stop,
  };
}
