import { expect, test } from 'vitest';
import { prefix } from '../../src/metrics/family.ts';
import { clusterMetrics } from '../../src/web/cluster-metrics.ts';
import { fleets } from '../metrics/fleets.ts';
import { viewOf } from './views.ts';

const view = await viewOf(fleets.healthy);
const metrics = view.rows.flatMap((row) => clusterMetrics(row, view));

test('what is 0 or 1 is shown as yes or no, and no count is', () => {
  const flags = metrics.filter(({ unit }) => unit === 'flag');
  expect(flags.map(({ name }) => name.replace(prefix, '')).toSorted()).toEqual([
    'auto_export_enabled',
    'cluster_paused',
    'collector_refresh_success',
    'enabled',
    'exempt',
    'pit_enabled',
    'refresh_success',
    'snapshot_last_finished_success',
  ]);
});
