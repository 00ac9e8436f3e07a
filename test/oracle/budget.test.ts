import { expect, test, vi } from 'vitest';
import { defaultRules } from '../../src/simulator/world/policy.ts';
import { clusterOf } from '../../src/simulator/world/scenarios.ts';
import type { World } from '../../src/simulator/world/world.ts';
import { start } from '../simulator/client.ts';
import { byDefault, fleetSeries, poll, samplesOf, setUp, worldOf } from './comparison.ts';
import type { Rules } from './naive-schedule.ts';
import { byCluster } from './series.ts';

vi.setConfig({ testTimeout: 120_000 });

const minute = 60;
const hour = 3600;

const everythingOn: Rules = { ...byDefault, policyDetails: true };
const budgets = [
  ['50 series each by default', byDefault, 50],
  ['75 series each with everything on', everythingOn, 75],
] as const;

/** How many series the real page has of each cluster, after polls at these times. */
async function counts(world: World, rules: Rules, polls: readonly number[]) {
  const { exporter, set } = await setUp({ world, api: 'v2', rules });
  for (const at of polls) {
    set(at);
    await poll(exporter);
  }
  const page = fleetSeries(await samplesOf(exporter, 'text'));
  return [...byCluster(page).values()].map(({ size }) => size);
}

test.each(budgets)('1,000 simulated clusters stay within %s', async (_, rules, budget) => {
  const all = await counts(worldOf(1000), rules, [start]);
  expect(all).toHaveLength(1000);
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
  console.info(`of ${budget} series a cluster: at most ${Math.max(...all)}, in the mean ${mean}`);
  expect(Math.max(...all)).toBeLessThanOrEqual(budget);
});

test.each(budgets)(
  'a cluster that has all there is to tell stays within %s',
  async (_, rules, budget) => {
    const world = worldOf(1);
    const projectId = world.projects[0]?.id ?? '';
    const place = { seed: 'oracle', projectId, name: 'cluster-1', startedAt: start };
    const reference = { hour: 9, minute: 59 };
    const cluster = clusterOf(
      { ...place, rules: defaultRules, reference },
      'pit',
      'encrypted',
      'fallback',
    );
    if (cluster.cloud === undefined) throw new Error('no backups');
    const later = start + 20 * minute;
    world.add({
      ...cluster,
      cloud: {
        ...cluster.cloud,
        // One that is seen to run and to complete, one that failed, and one that is on its way.
        failing: [{ from: start - 24 * hour, until: start - 12 * hour }],
        onDemand: [{ at: later - minute, description: 'before the upgrade', retentionDays: 7 }],
      },
    });
    const [series = 0] = await counts(world, rules, [start, later]);
    console.info(`of ${budget} series: ${series}`);
    expect(series).toBeLessThanOrEqual(budget);
  },
);
