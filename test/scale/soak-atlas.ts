import { parentPort, workerData } from 'node:worker_threads';
import { startSimulator } from '../../src/simulator/server.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';

/** A simulated Atlas in a thread of its own, so that its memory is not that of the exporter. */
export type SoakAtlas = {
  /** Unix seconds of the world, which the other thread sets. */
  readonly time: Float64Array;
  readonly clusters: number;
  readonly faults: string;
};

const { time, clusters, faults }: SoakAtlas = workerData;
const clock = () => time[0] ?? 0;
const world = generatedWorld({ seed: 'soak', projects: 4, clusters, snapshots: 10 }, clock());
const gone = world.projects.flatMap(({ id }) => world.clusters(id).slice(0, 2));
const atlas = await startSimulator({ world, clock, rateLimits: 'off', maxLoggedRequests: 0 });
atlas.faults.set(faults);

let step = 0;
/** Clusters are deleted, and come again later, one at a time. */
parentPort?.on('message', () => {
  const cluster = gone[step % gone.length];
  if (cluster !== undefined) {
    if (world.cluster(cluster.projectId, cluster.name)) {
      world.remove(cluster.projectId, cluster.name);
    } else world.add(cluster);
  }
  step += 1;
});
parentPort?.postMessage(atlas.url);
