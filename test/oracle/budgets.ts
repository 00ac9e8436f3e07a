import { expect } from 'vitest';
import type { World } from '../../src/simulator/world/world.ts';
import { start } from '../simulator/client.ts';
import { byDefault, fleetSeries, poll, samplesOf, setUp, worldOf } from './comparison.ts';
import type { Rules } from './naive-schedule.ts';
import { byCluster } from './series.ts';

const everythingOn: Rules = { ...byDefault, policyDetails: true };
export const budgets = [
  ['50 series each by default', byDefault, 50],
  ['75 series each with everything on', everythingOn, 75],
] as const;

/** How many series the real page has of each cluster, after polls at these times. */
export async function counts(world: World, rules: Rules, polls: readonly number[]) {
  const { exporter, set } = await setUp({ world, api: 'v2', rules });
  for (const at of polls) {
    set(at);
    await poll(exporter);
  }
  const page = fleetSeries(await samplesOf(exporter, 'text'));
  return [...byCluster(page).values()].map(({ size }) => size);
}

/** Of a generated world with so many clusters. */
export async function expectWithin(budget: number, rules: Rules, clusters: number): Promise<void> {
  const all = await counts(worldOf(clusters), rules, [start]);
  expect(all).toHaveLength(clusters);
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
  console.info(`of ${budget} series a cluster: at most ${Math.max(...all)}, in the mean ${mean}`);
  expect(Math.max(...all)).toBeLessThanOrEqual(budget);
}
