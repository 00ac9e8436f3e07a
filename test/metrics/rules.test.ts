import { expect, test } from 'vitest';
import { clusterFamilies } from '../../src/collectors/families.ts';
import { formats } from '../../src/metrics/encoding.ts';
import { eventFamilies } from '../../src/metrics/event-families.ts';
import { exporterFamilies } from '../../src/metrics/exporter-families.ts';
import { projectFamilies } from '../../src/metrics/project-families.ts';
import { runtimeFamilies } from '../../src/metrics/runtime-families.ts';
import { fleetAfter, project } from '../domain/reports.ts';
import { uncompleted } from '../domain/snapshots.ts';
import { parsed, samplesBy } from './exposition.ts';
import { fleetNames, fleets, mixedFleet, noon } from './fleets.ts';
import { isOnByDefault } from './on-by-default.ts';
import { familiesOn, text } from './pages.ts';

const aboutAtlas = [...clusterFamilies, ...projectFamilies];
const all = [
  ...aboutAtlas,
  ...exporterFamilies,
  ...Object.values(eventFamilies),
  ...runtimeFamilies,
];

test('no family is declared twice', () => {
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('every name ends with its unit or kind, and every help text is a sentence', () => {
  for (const { name, type, help } of all) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*[a-z0-9]$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
    expect(name).not.toMatch(/_(ms|millis|minutes|hours|days|kb|mb|percent)(_|$)/);
    expect(help).toMatch(/^[A-Z0-9].*\.$/);
  }
});

test('a timestamp is called one, and no age is', () => {
  for (const family of aboutAtlas) {
    const isTimestamp = family.name.endsWith('_timestamp_seconds');
    expect(isTimestamp && family.kind === 'relative').toBe(false);
  }
});

test('the help of whatever is about Atlas says that it is cached, or counted between readings', () => {
  for (const { name, help, type } of aboutAtlas) {
    if (type === 'counter' || name.includes('refresh_')) continue;
    expect(help, name).toMatch(/\bcached\b/i);
  }
});

test('a label that any text can stand in is on _info series only', () => {
  for (const { name, labels } of all) {
    if (!Object.values(labels).includes('open')) continue;
    expect(name).toMatch(/_info$/);
  }
});

test('no family writes more series of one thing than it says', async () => {
  const most = new Map(aboutAtlas.map((family) => [family.name, family.maxSeries]));
  const samples = [...samplesBy(await familiesOn(mixedFleet)).values()].flat();
  const counts = new Map<string, number>();
  for (const { name, labels } of samples) {
    const thing = [name, labels['project_id'], labels['project'], labels['cluster']].join('/');
    const count = (counts.get(thing) ?? 0) + 1;
    counts.set(thing, count);
    expect(count, thing).toBeLessThanOrEqual(most.get(name) ?? 0);
  }
});

test('every label of a large mixed fleet has an identity or one of its declared values', async () => {
  const declared = new Map(aboutAtlas.map((family) => [family.name, family]));
  const samples = [...samplesBy(await familiesOn(mixedFleet)).values()].flat();
  expect(samples.length).toBeGreaterThan(400);
  for (const { name, labels } of samples) {
    const { labels: allowed = {} } = declared.get(name) ?? {};
    const identity = name.includes('_project_')
      ? ['project_id', 'project']
      : ['project_id', 'project', 'cluster'];
    for (const [label, value] of Object.entries(labels)) {
      if (identity.includes(label)) continue;
      const values = allowed[label];
      expect(values, `${name}{${label}}`).toBeDefined();
      if (values !== 'open') expect(values, `${name}{${label}}`).toContain(value);
    }
    expect(Object.keys(labels).slice(0, identity.length)).toEqual(identity);
  }
});

test('an unknown status of Atlas is counted as other, and never as completed', async () => {
  const fleet = fleetAfter([
    {
      projects: { a: ['p'] },
      clusters: { p: ['x'] },
      backups: { 'p/x': [uncompleted('other', noon)] },
    },
  ]);
  const counts = samplesBy(await familiesOn(fleet)).get('mongodbatlas_backup_snapshots');
  expect(counts?.map(({ labels, value }) => [labels['status'], value])).toEqual([
    ['queued', 0],
    ['in_progress', 0],
    ['completed', 0],
    ['failed', 0],
    ['other', 1],
  ]);
});

test.each(fleetNames)('no timestamp about Atlas is ever 0: %s', async (name) => {
  for (const [family, samples] of samplesBy(await familiesOn(fleets[name]))) {
    if (!family.endsWith('_timestamp_seconds')) continue;
    for (const { value } of samples) expect(value).toBeGreaterThan(noon - 10 * 365 * 86_400);
  }
});

test.each(fleetNames)('no cluster has more than 60 series: %s', async (name) => {
  const samples = [...samplesBy(await familiesOn(fleets[name])).values()].flat();
  const perCluster = Map.groupBy(
    samples.filter(({ labels }) => 'cluster' in labels),
    ({ labels }) => `${labels['project_id']}/${labels['cluster']}`,
  );
  for (const series of perCluster.values()) expect(series.length).toBeLessThanOrEqual(60);
});

test.each([
  ['by default', clusterFamilies.filter(({ optIn }) => optIn === undefined), 60],
  ['with everything on', clusterFamilies, 110],
])('even with every family present, a cluster stays within its budget: %s', (_, families, most) => {
  const total = families.reduce((sum, { labels, name }) => {
    const combinations = Object.values(labels).map((values) =>
      values === 'open' ? 1 : values.length,
    );
    return sum + (name.endsWith('_info') ? 1 : combinations.reduce((a, b) => a * b, 1));
  }, 0);
  // One that is exempt has neither objective nor due time, and no status but the four was ever seen.
  expect(total - 3).toBeLessThanOrEqual(most);
});

test.each(formats)('no series has a timestamp of its own, nor comes twice: %s', async (format) => {
  // The parser refuses both.
  expect(parsed(await text(mixedFleet, format), format).length).toBe(
    aboutAtlas.filter(isOnByDefault).length,
  );
});

test('two accounts that both miss a named project write it once', async () => {
  const fleet = fleetAfter([], { first: ['payments', 'payments'], second: ['payments'] });
  const samples = samplesBy(await familiesOn(fleet)).get(
    'mongodbatlas_backup_project_refresh_success',
  );
  expect(samples).toHaveLength(1);
});

test('a project that another account found is not missing', async () => {
  const fleet = fleetAfter([{ projects: { second: [project('p1', 'payments')] } }], {
    first: ['payments'],
    second: [],
  });
  const samples = samplesBy(await familiesOn(fleet)).get(
    'mongodbatlas_backup_project_refresh_success',
  );
  expect(samples).toHaveLength(1);
});

test('names that no valid text can hold stay apart', async () => {
  const names = ['\ud800', '\ud801', '\udc00', '\ufffd', 'a\ud800', 'a\ud801'];
  const fleet = fleetAfter([
    { projects: { a: ['p'] }, clusters: { p: names.map((name) => name) } },
  ]);
  const infos = samplesBy(await familiesOn(fleet)).get('mongodbatlas_backup_cluster_info');
  expect(new Set(infos?.map(({ labels }) => labels['cluster'])).size).toBe(names.length);
});
