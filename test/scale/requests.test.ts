import { expect, test } from 'vitest';
import type { ReadRules } from '../../src/domain/backup-reads.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { surveying } from '../atlas/survey/surveying.ts';
import { start } from '../simulator/client.ts';

const hour = 3600;
const intervalSeconds = 300;
/** In this time, every schedule has one run. */
const polls = (6 * hour) / intervalSeconds;

/** Mean requests a poll over six hours of a fleet whose schedules all fire every six hours. */
async function meanRequests(
  { projects, clusters }: { readonly projects: number; readonly clusters: number },
  reads: ReadRules,
): Promise<number> {
  const world = generatedWorld(
    { seed: 'requests', projects, clusters, snapshots: 4, scenarios: ['healthy'] },
    start,
  );
  let now = start;
  const it = await surveying(world, {
    schedules: true,
    reads,
    now: () => now,
    maxClusters: clusters,
    maxLoggedRequests: 0,
    concurrency: 10,
  });
  const requests = () => it.simulator.requestLog.total;
  await it.pass({ discover: true });
  let sum = 0;
  for (let poll = 1; poll <= polls; poll += 1) {
    now += intervalSeconds;
    await it.pass({ discover: poll % 3 === 0 });
    sum += requests();
  }
  return sum / polls;
}

function adaptive(sweepIntervalSeconds: number): ReadRules {
  const objectives = { graceSeconds: hour, stated: () => undefined };
  return { mode: 'adaptive', intervalSeconds, sweepIntervalSeconds, objectives };
}

test('mode full takes little more than one request a cluster and poll, schedules included', async () => {
  const fleet = { projects: 3, clusters: 300 };
  const least = Math.ceil(fleet.projects / 500) + fleet.clusters;
  const mean = await meanRequests(fleet, { mode: 'full' });
  expect(mean / least).toBeLessThanOrEqual(1.1);
});

test.each([
  [1, 0.2],
  // Half of these ask for schedules, which have a cadence of their own.
  [12, 0.09],
])(
  'mode adaptive, swept every %i hours, takes %f requests a cluster and poll at most',
  async (hours, most) => {
    const fleet = { projects: 10, clusters: 1_000 };
    const mean = await meanRequests(fleet, adaptive(hours * hour));
    expect(mean / fleet.clusters).toBeLessThanOrEqual(most);
  },
);
