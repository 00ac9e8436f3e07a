import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Program, startProgram } from './program.ts';
import { samplesOf, valuesOf } from './samples.ts';
import { scrapeOf } from './serving.ts';

let program: Program;
let url: string;
let page: string;
let seconds: number;

beforeAll(async () => {
  const startedAt = performance.now();
  const external = ['--web.external-url', 'https://backups.example.net/'];
  program = startProgram(['demo', '--web.listen-address', '127.0.0.1:0', ...external]);
  url = await program.printed(/Metrics +(\S+)/);
  const { text } = await scrapeOf(url);
  page = text;
  seconds = (performance.now() - startedAt) / 1000;
}, 60_000);

afterAll(() => program.stop());

const wanted = [
  'snapshot_last_completed_age_seconds',
  'snapshots_incomplete',
  'snapshot_last_completed_expires_in_seconds',
  'snapshot_last_completed_size_bytes',
] as const;

const kinds = [
  ['a replica set', 'payments', 'ledger', wanted],
  ['a sharded cluster', 'analytics', 'warehouse', wanted],
  ['a geosharded cluster', 'platform', 'search', wanted],
  ['a flex cluster, which has no size', 'platform', 'feature-flags', wanted.slice(0, 3)],
  ['a legacy cluster', 'payments', 'archive-2019', wanted],
] as const;

describe('the demo', () => {
  test('serves within 60 seconds of its start', () => {
    expect(seconds).toBeLessThan(60);
  });

  test.each(kinds)('has the wanted families for %s', (_kind, project, cluster, families) => {
    const found = wanted.filter(
      (family) => valuesOf(page, family, { project, cluster }).length > 0,
    );
    expect(found).toEqual(families);
  });

  test('tells apart two projects of one name by project_id', () => {
    const ids = samplesOf(page)
      .filter(({ name }) => name === 'mongodbatlas_backup_project_info')
      .filter(({ labels }) => labels['project'] === 'payments')
      .map(({ labels }) => labels['project_id']);
    expect(new Set(ids).size).toBe(2);
    expect(ids.join(' ')).toMatch(/^[0-9a-f]{24} [0-9a-f]{24}$/);
  });

  test('has project_id, project and cluster on each wanted series', () => {
    for (const { name, labels } of samplesOf(page)) {
      if (!wanted.some((family) => name.endsWith(family))) continue;
      expect(Object.keys(labels)).toEqual(['project_id', 'project', 'cluster']);
    }
  });

  test.each([
    ['was never backed up', 'notifications', 1],
    ['has backups switched off', 'scratch', 0],
    ['is free, which cannot have any', 'sandbox', 0],
  ])('has no age for a cluster that %s, but says so', (_state, cluster, enabled) => {
    expect(valuesOf(page, 'snapshot_last_completed_age_seconds', { cluster })).toEqual([]);
    expect(valuesOf(page, 'snapshots', { cluster, status: 'completed' })).toEqual([0]);
    expect(valuesOf(page, 'enabled', { cluster })).toEqual([enabled]);
    expect(valuesOf(page, 'refresh_success', { cluster })).toEqual([1]);
  });

  test('tells alerts where people reach its pages', () => {
    const [info] = samplesOf(page).filter(({ name }) => name.endsWith('_exporter_web_info'));
    expect(info?.labels).toEqual({ external_url: 'https://backups.example.net' });
  });

  test('reads everything in its first poll but the one cluster that never can be', () => {
    expect(valuesOf(page, 'exporter_poll_success')).toEqual([0]);
    expect(valuesOf(page, 'refresh_success', { cluster: 'vault' })).toEqual([0]);
    expect(valuesOf(page, 'refresh_success').filter((value) => value === 0)).toHaveLength(1);
    expect(valuesOf(page, 'exporter_collector_success', { collector: 'schedule' })).toEqual([1]);
  });

  test('has no series twice, no timestamps, and ends with a line feed', () => {
    const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const series = lines.map((line) => line.replace(/ \S+$/, ''));
    expect(new Set(series).size).toBe(series.length);
    expect(lines.filter((line) => /\} \S+ \S+$/.test(line))).toEqual([]);
    expect(page.endsWith('\n')).toBe(true);
  });

  test('says where to look, and logs nothing but what it cannot read', () => {
    const origin = new URL(url).origin;
    expect(program.stdout()).toContain(`Status page      ${origin}/\n`);
    expect(program.stdout()).toContain(`curl -s ${url}`);
    expect(program.stdout()).toMatch(/Simulated Atlas {2}http:\/\/127\.0\.0\.1:\d+\n/);
    expect(program.stderr()).toMatch(/^level=warn .* detail="403 USER_UNAUTHORIZED" .*\n$/);
  });
});
