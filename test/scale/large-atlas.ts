import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../src/domain/time.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';

/** A simulated Atlas in a thread of its own, so that its work is not taken for the exporter's. */
export type LargeAtlas = {
  readonly projects: number;
  readonly clusters: number;
  /** Of each cluster; undefined: as its policy says. */
  readonly snapshots?: number;
  /** Each listing of snapshots has so many, on pages of 500. */
  readonly listed?: number;
};

const { projects, clusters, listed, ...more }: LargeAtlas = workerData;
const world = generatedWorld({ seed: 'large', projects, clusters, ...more }, systemClock());
const atlas = await startSimulator({ world, rateLimits: 'off', maxLoggedRequests: 0 });

const perPage = 500;
const newest = Math.floor(systemClock()) - 600;
const record = (n: number) => {
  const at = newest - n * 60;
  return {
    id: `${at.toString(16)}${n.toString(16).padStart(16, '0')}`,
    status: 'completed',
    createdAt: new Date(at * 1000).toISOString(),
    expiresAt: new Date((at + 400 * 86_400) * 1000).toISOString(),
    ...{ storageSizeBytes: 1_000 + n, snapshotType: 'scheduled', frequencyType: 'hourly' },
    ...{ cloudProvider: 'AWS', mongodVersion: '8.0.29', policyItems: ['6595e0ea3ef2448993e0234d'] },
  };
};

if (listed !== undefined) {
  atlas.intercept(({ path, query, authorised }) => {
    if (!authorised || !path.endsWith('/backup/snapshots')) return undefined;
    const from = (Number(query.get('pageNum') ?? 1) - 1) * perPage;
    const length = Math.max(0, Math.min(perPage, listed - from));
    const results = Array.from({ length }, (_, n) => record(from + n));
    const links = from + length < listed ? [{ rel: 'next', href: 'https://nowhere.example' }] : [];
    return {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ results, links }),
    };
  });
}
parentPort?.postMessage(atlas.url);
