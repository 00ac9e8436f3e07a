import { describe, expect, test } from 'vitest';
import { canHaveBackups } from '../../src/domain/cluster.ts';
import { countStates } from '../../src/domain/cluster-view.ts';
import { collectorNames } from '../../src/domain/collectors.ts';
import { firstGeneration, nextGeneration } from '../../src/domain/generation.ts';
import { type Format, formats } from '../../src/metrics/encoding.ts';
import { type ExporterRow, exporterFamilies } from '../../src/metrics/exporter-families.ts';
import { familyText } from '../../src/metrics/page.ts';
import { runtimeFamilies, runtimeRow } from '../../src/metrics/runtime-families.ts';
import { cluster, fleetAfter, report, timeout } from '../domain/reports.ts';
import { parsed, samplesBy } from './exposition.ts';
import { type FleetName, fleets, hour, mixedFleet, noon } from './fleets.ts';

const generationOf = (fleet: FleetName) =>
  nextGeneration(firstGeneration(fleets.nothing, collectorNames), fleets[fleet], report({}), 1.25);

function rowOf(generation: ExporterRow['generation']): ExporterRow {
  return {
    generation,
    clusterStates: countStates(generation, noon, hour),
    build: { version: '1.2.3', revision: '', nodeVersion: 'v24.0.0' },
    pollInProgress: false,
    pollIntervalSeconds: 300,
    sweepIntervalSeconds: 0,
    shard: { index: 2, total: 4 },
    externalUrl: 'https://backups.example.com',
    config: { loadedAt: noon - hour, lastReloadSuccessful: true, hash: 42 },
  };
}

function text(row: ExporterRow, format: Format): string {
  const end = format === 'openmetrics' ? '# EOF\n' : '';
  return exporterFamilies.map((family) => familyText(family, row, format)).join('') + end;
}

describe.each(formats)('in the %s format', (format) => {
  const ending = format === 'text' ? 'prom' : 'openmetrics';

  test('the exporter before its first poll', async () => {
    const page = text(rowOf(firstGeneration(fleets.unpolled, collectorNames)), format);
    parsed(page, format);
    await expect(page).toMatchFileSnapshot(`../golden/exporter-unpolled.${ending}`);
  });

  test('the exporter after a poll', async () => {
    const page = text(rowOf(generationOf('healthy')), format);
    parsed(page, format);
    await expect(page).toMatchFileSnapshot(`../golden/exporter.${ending}`);
  });
});

test('before the first poll only its duration is absent; 0 says never', () => {
  const before = samplesBy(
    parsed(text(rowOf(firstGeneration(fleets.unpolled, collectorNames)), 'text'), 'text'),
  );
  const missing = exporterFamilies.map(({ name }) => name).filter((name) => !before.has(name));
  expect(missing).toEqual(['mongodbatlas_backup_exporter_poll_duration_seconds']);
  for (const name of [
    'poll_last_success_timestamp_seconds',
    'poll_last_completed_timestamp_seconds',
  ]) {
    expect(before.get(`mongodbatlas_backup_exporter_${name}`)?.[0]?.value).toBe(0);
  }
});

test.each<[FleetName, Partial<Record<'fresh' | 'stale' | 'expired' | 'unread', number>>]>([
  ['nothing', {}],
  ['healthy', { fresh: 1 }],
  ['stale', { stale: 1 }],
  ['expired', { expired: 1 }],
  ['unread', { unread: 1 }],
  ['neverRead', { unread: 1 }],
])('the clusters of the fleet %s are counted by the age of their data', (fleet, some) => {
  const none = { fresh: 0, stale: 0, expired: 0, unread: 0 };
  expect(countStates(generationOf(fleet), noon, hour)).toEqual({ ...none, ...some });
});

test('a cluster becomes expired while the generation stands still', () => {
  expect(countStates(generationOf('healthy'), noon + hour + 1, hour)).toMatchObject({ expired: 1 });
});

test('every cluster that can have backups is in one state', () => {
  const generation = { ...generationOf('nothing'), fleet: mixedFleet };
  const counted = Object.values(countStates(generation, noon, hour));
  const all = [...mixedFleet.clusters.values()].filter(({ cluster }) => canHaveBackups(cluster));
  expect(counted.reduce((a, b) => a + b)).toBe(all.length);
});

test('a free cluster, of which nothing is read, does not hide that nothing can be read', () => {
  const free = fleetAfter([
    {
      projects: { a: ['p'] },
      clusters: { p: [cluster('p/free', { instanceSize: 'M0' }), 'x'] },
      backups: { 'p/free': [], 'p/x': timeout },
    },
  ]);
  const generation = { ...generationOf('nothing'), fleet: free };
  expect(countStates(generation, noon, hour)).toMatchObject({ fresh: 0, unread: 1 });
});

test('the figures of the process are there, positive, and named as Prometheus names them', () => {
  const row = runtimeRow();
  const page = runtimeFamilies.map((family) => familyText(family, row, 'text')).join('');
  const families = parsed(page, 'text');
  expect(families.map(({ name }) => name)).toEqual(runtimeFamilies.map(({ name }) => name));
  for (const { samples } of families) expect(samples[0]?.value).toBeGreaterThan(0);
});
