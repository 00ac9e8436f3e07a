import { expect, test } from 'vitest';
import { plainText } from '../../src/domain/phrase.ts';
import { exporterConditions } from '../../src/status/exporter-conditions.ts';
import { missingOf, readFailuresOf } from '../../src/status/read-failures.ts';
import type { StatusView } from '../../src/status/view.ts';
import { fleetAfter, project, timeout } from '../domain/reports.ts';
import { completed, hour, noon } from '../domain/snapshots.ts';
import { viewOf } from '../web/views.ts';

const forbidden = { reason: 'forbidden', endpoint: 'clusters', detail: '403 ORG' } as const;

test('failures of one kind are told once, with every place', async () => {
  const names = ['a', 'b', 'c'];
  const fleet = fleetAfter([
    {
      projects: { main: [project('p1', 'payments'), project('p2', 'closed')], other: timeout },
      clusters: { p1: names, p2: forbidden },
      backups: { 'p1/a': timeout, 'p1/b': timeout, 'p1/c': [completed(noon)] },
      schedules: { 'p1/a': timeout },
    },
  ]);
  const troubles = readFailuresOf(await viewOf(fleet));
  const scope = { account: 'main', project: { id: 'p1', name: 'payments' } };
  expect(troubles).toMatchObject([
    { unread: 'projects', failure: timeout, scopes: [{ account: 'other' }] },
    {
      unread: 'clusters',
      failure: forbidden,
      remedy: expect.stringContaining('Grant Project Read Only'),
      scopes: [{ account: 'main', project: { id: 'p2', name: 'closed' } }],
    },
    {
      unread: 'snapshots',
      scopes: [
        { ...scope, cluster: 'a' },
        { ...scope, cluster: 'b' },
      ],
    },
    { unread: 'schedule', scopes: [{ ...scope, cluster: 'a' }] },
  ]);
});

test('a read that works again is no trouble any more', async () => {
  const found = (backups: typeof timeout | ReturnType<typeof completed>[]) => ({
    projects: { main: [project('p1')] },
    clusters: { p1: ['a'] },
    backups: { 'p1/a': backups },
  });
  const broken = fleetAfter([found(timeout)]);
  expect(readFailuresOf(await viewOf(broken))).toHaveLength(1);
  const mended = fleetAfter([found(timeout), found([completed(noon)])]);
  expect(readFailuresOf(await viewOf(mended))).toEqual([]);
});

test('projects that are named and not there are told, unless the listing itself failed', async () => {
  const missing = fleetAfter([{ projects: { main: ['!gone'] } }], { main: ['gone'] });
  expect(missingOf(await viewOf(missing))).toEqual([{ account: 'main', named: 'gone' }]);
  const failed = fleetAfter([{ projects: { main: timeout } }], { main: ['gone'] });
  expect(missingOf(await viewOf(failed))).toEqual([]);
});

test.each<[string, (view: StatusView) => StatusView, readonly [string, string][]]>([
  ['nothing', (view) => view, []],
  [
    'blindness, and then nothing of collectors',
    (view) => ({
      ...view,
      context: { ...view.context, blind: true },
      generation: {
        ...view.generation,
        polls: { ...view.generation.polls, collectors: { clusters: false, snapshots: false } },
      },
    }),
    [['AtlasBackupExporterBlind', 'was last read in full 2026-08-12 11:54 UTC']],
  ],
  [
    'collectors',
    (view) => ({
      ...view,
      generation: {
        ...view.generation,
        polls: { ...view.generation.polls, collectors: { clusters: false, schedule: false } },
      },
    }),
    [['AtlasBackupCollectorFailing', 'new clusters may be missing, and due times may rest on old']],
  ],
  [
    'limits',
    (view) => ({ ...view, leftOut: { clusters: 3, series: 70 } }),
    [['AtlasBackupLimitReached', '3 clusters (limits.max_clusters), and 70 series']],
  ],
  [
    'a configuration that cannot be used',
    (view) => ({ ...view, reloadFailed: true }),
    [['AtlasBackupConfigReloadFailed', 'the one before stays in use']],
  ],
])('of the exporter as a whole it tells %s', async (_what, change, expected) => {
  const fleet = fleetAfter([
    { projects: { main: [project('p1')] }, clusters: { p1: ['a'] }, backups: {}, at: noon - hour },
  ]);
  const said = exporterConditions(change(await viewOf(fleet)));
  expect(said.map(({ name, says }) => [name, plainText(says)])).toEqual(
    expected.map(([name, words]) => [name, expect.stringContaining(words)]),
  );
});
