import { type Client, newClient } from '../client.ts';
import { startExporter } from '../exporter.ts';
import type { Lab, Size } from '../lab.ts';
import {
  familiesFile,
  type Peer,
  startClientGolang,
  startPromClient,
  startStatic,
} from '../peer.ts';
import { cpuMs } from '../processes.ts';

export type Name = 'default' | 'cached' | 'static' | 'client_golang' | 'prom-client';

export type Contender = {
  readonly client: Client;
  /** CPU milliseconds of the server so far. */
  readonly cpuMs: () => number;
  readonly stop: () => Promise<void>;
};

export type Contenders = {
  readonly of: ReadonlyMap<Name, Contender>;
  /** Why there is no client_golang. */
  readonly missing: string | undefined;
};

/** Starts those that serve a page of so many clusters and are wanted. */
export async function startContenders(lab: Lab, size: Size): Promise<Contenders> {
  const fleet = await lab.fleet(size);
  const of = new Map<Name, Contender>();
  const add = async (name: Name, starting: Promise<Peer>) => {
    const { metrics, process, stop } = await starting;
    const contender = { client: newClient(metrics), cpuMs: () => cpuMs(process), stop };
    of.set(name, contender);
    return contender.client;
  };
  const exporter = { atlas: fleet.url, concurrency: fleet.concurrency };
  const cached = await add('cached', startExporter({ ...exporter, relative: false }));
  await add('static', startStatic(await cached.body({ 'accept-encoding': 'gzip' })));
  if (!lab.wants('S3', 'S4', 'S5')) return { of, missing: undefined };
  const ages = await add('default', startExporter(exporter));
  const families = await familiesFile((await ages.body()).toString());
  if (lab.wants('S4', 'S5')) await add('prom-client', startPromClient(families));
  if (!lab.wants('S3', 'S5')) return { of, missing: undefined };
  const go = await lab.go();
  if (go.kind === 'missing') return { of, missing: go.why };
  await add('client_golang', startClientGolang(go.exporter, families));
  return { of, missing: undefined };
}
