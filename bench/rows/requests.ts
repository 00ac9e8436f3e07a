import { startSimulator } from '../../src/simulator/server.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { startExporter } from '../exporter.ts';
import type { Lab } from '../lab.ts';

const hour = 3600;
const intervalSeconds = 300;
/** In this time, every schedule has one run. */
const pollsToTake = (6 * hour) / intervalSeconds;

/** A1 and A2: requests of a poll, over six hours that pass quickly. */
export async function requests(lab: Lab): Promise<void> {
  if (lab.wants('A1')) {
    const fleet = { projects: 3, clusters: 300 };
    const mean = await meanRequests(lab, fleet, 'mode: full');
    lab.measured('A1', '', [mean / (Math.ceil(fleet.projects / 500) + fleet.clusters)]);
  }
  if (!lab.wants('A2')) return;
  for (const [part, sweep] of [
    ['swept every hour', '1h'],
    ['swept every 12 hours', '12h'],
  ] as const) {
    const fleet = { projects: 10, clusters: 1_000 };
    const poll = `mode: adaptive, sweep_interval: ${sweep}`;
    lab.measured('A2', part, [(await meanRequests(lab, fleet, poll)) / fleet.clusters]);
  }
}

/** The clocks of the exporter and of the simulated Atlas go forward together, poll by poll. */
async function meanRequests(
  lab: Lab,
  size: { readonly projects: number; readonly clusters: number },
  poll: string,
): Promise<number> {
  lab.say(`counts the requests of ${pollsToTake} polls of ${size.clusters} clusters, ${poll}`);
  let laterSeconds = 0;
  const clock = () => Date.now() / 1000 + laterSeconds;
  const atlas = await startSimulator({
    world: generatedWorld(
      { seed: 'requests', ...size, snapshots: 4, scenarios: ['healthy'] },
      clock(),
    ),
    clock,
    rateLimits: 'off',
    maxLoggedRequests: 0,
  });
  const exporter = await startExporter({ atlas: atlas.url, interval: '5m', poll });
  const { requestLog } = atlas;
  requestLog.reset();
  for (let n = 0; n < pollsToTake; n += 1) {
    laterSeconds += intervalSeconds;
    await exporter.poll(intervalSeconds * 1000);
  }
  await exporter.stop();
  await atlas.close();
  return requestLog.total / pollsToTake;
}
