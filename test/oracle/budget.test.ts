import { expect, test } from 'vitest';
import { defaultRules } from '../../src/simulator/world/policy.ts';
import { clusterOf } from '../../src/simulator/world/scenarios.ts';
import { start } from '../simulator/client.ts';
import { budgets, counts, expectWithin } from './budgets.ts';
import { worldOf } from './comparison.ts';

const minute = 60;
const hour = 3600;

// Of a thousand in test/scale.
test.each(budgets)('300 simulated clusters stay within %s', (_, rules, budget) =>
  expectWithin(budget, rules, 300),
);

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
