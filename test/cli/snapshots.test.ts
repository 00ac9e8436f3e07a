import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { listSnapshots, oneSnapshot } from '../../src/cli/snapshots.ts';
import { CommandError, type FlagValues, type Run } from '../../src/cli/usage.ts';
import { systemClock } from '../../src/domain/time.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { snapshotRecord } from '../../src/web/api/snapshot-record.ts';
import { version } from '../../src/web/api/values.ts';
import { emptyFolder, run } from '../e2e/program.ts';
import { accountText } from '../e2e/serving.ts';

/** The records of `/api/v1/`, and nothing else. */
const listing = z.strictObject({ ...version, snapshots: z.array(snapshotRecord.strict()) });

const world = demoWorld('snapshots', systemClock());
const [payments] = world.projects;
const bank = payments?.id ?? '';
let atlas: Simulator;

beforeAll(async () => {
  atlas = await startSimulator({ world });
});
afterAll(() => atlas.close());

async function configFile(api: 'v2' | 'v1.0'): Promise<string> {
  const file = join(await emptyFolder(), 'config.yaml');
  await writeFile(file, accountText(atlas.url, `    api: ${api}`));
  return file;
}

async function snapshots(api: 'v2' | 'v1.0', ...args: readonly string[]) {
  return run(['snapshots', ...args, '--config.file', await configFile(api)]);
}

/** What a command that fails throws, without the half second that a process takes. */
async function refusalOf(command: Run, positionals: readonly string[], more: FlagValues = {}) {
  const values = { 'config.file': await configFile('v2'), ...more };
  const error: unknown = await command(values, positionals).catch((thrown: unknown) => thrown);
  if (error instanceof CommandError) return error;
  throw new Error('it did not fail', { cause: error });
}

const clusters = [
  ['v2', 'a replica set', 'platform', 'sessions', 'cloud'],
  ['v2', 'a sharded cluster', 'analytics', 'warehouse', 'cloud'],
  ['v2', 'a geosharded cluster', 'platform', 'search', 'cloud'],
  ['v2', 'a flex cluster', 'platform', 'feature-flags', 'flex'],
  ['v2', 'a legacy cluster', bank, 'archive-2019', 'legacy'],
  ['v1.0', 'a replica set', 'platform', 'sessions', 'cloud'],
  ['v1.0', 'a sharded cluster', 'analytics', 'warehouse', 'cloud'],
  ['v1.0', 'a legacy cluster', bank, 'archive-2019', 'legacy'],
] as const;

describe('snapshots', () => {
  test.each(clusters)(
    'through %s, those of %s are listed, newest first, and each is found by its id',
    async (api, _kind, project, cluster, source) => {
      const listed = await snapshots(api, 'list', project, cluster, '--output', 'json');
      expect(listed).toMatchObject({ code: 0, stderr: '' });
      const all = listing.parse(JSON.parse(listed.stdout)).snapshots;
      expect(all.length).toBeGreaterThan(3);
      const dates = all.map(({ requested_at }) => requested_at);
      expect(dates).toEqual(dates.toSorted().toReversed());
      const completed = all.find(({ status }) => status === 'completed');
      expect(completed).toMatchObject({ source });
      const id = completed?.id ?? '';
      const got = await snapshots(api, 'get', project, cluster, id, '--output', 'json');
      expect(got).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(got.stdout)).toEqual({
        schema_version: 1,
        now: expect.any(String),
        snapshot: completed,
      });
    },
  );

  test('are shown as a table, one line each', async () => {
    const { stdout } = await snapshots('v2', 'list', 'platform', 'sessions');
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^ID +SOURCE +STATUS +TYPE +FREQUENCY +TAKEN +AGE +EXPIRES IN +SIZE$/);
    const completed = rows.filter((row) => row.includes('  completed  '));
    expect(completed.length).toBeGreaterThan(3);
    for (const row of completed) {
      expect(row).toMatch(
        /^[0-9a-f]{24} {2}cloud +completed +scheduled +(hourly|daily|weekly|monthly|yearly) +20\S+ \S+ UTC +\d.* [GM]iB$/,
      );
    }
    // The others have no size, date or age yet.
    for (const row of rows) if (!completed.includes(row)) expect(row).toMatch(/ – .* –$/);
  });

  test('one of them is shown as facts, one line each', async () => {
    const list = await snapshots('v2', 'list', bank, 'archive-2019', '--output', 'json');
    const [{ id }] = JSON.parse(list.stdout).snapshots;
    const { stdout } = await snapshots('v2', 'get', bank, 'archive-2019', id);
    expect(stdout).toMatch(new RegExp(`^ID: {13}${id}\nSource: {9}legacy\n`));
    expect(stdout).toMatch(/^Taken: {10}\d{4}-\d\d-\d\d \d\d:\d\d UTC \(.* ago\)$/m);
    expect(stdout).toMatch(/^Expires: {8}\d{4}-\d\d-\d\d \d\d:\d\d UTC \(in .*\)$/m);
  });

  test('a cluster that was never backed up has none, which is no error', async () => {
    expect(await snapshots('v2', 'list', 'platform', 'notifications')).toMatchObject({
      code: 0,
      stdout: 'No snapshots.\n',
    });
  });

  test('a cluster that does not exist is an error of one line', async () => {
    expect(await snapshots('v2', 'list', 'platform', 'nope')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'this project has no cluster of this name\n',
    });
  });

  test.each([
    [['nope', 'nope'], 'no project with this id or name is visible to account main'],
    [['payments', 'ledger'], '2 projects have this name; use the id: '],
    [['platform', 'sandbox'], 'Atlas takes no backups of a free cluster (M0)'],
  ])('of %j cannot be listed, and a line says why', async (names, message) => {
    const { exitCode, message: said } = await refusalOf(listSnapshots, names);
    expect(exitCode).toBe(1);
    expect(said).toContain(message);
    expect(said).not.toContain('\n');
  });

  test.each([
    ['a replica set', ['platform', 'sessions']],
    ['a sharded cluster', ['analytics', 'warehouse']],
    ['a flex cluster', ['platform', 'feature-flags']],
    ['a legacy cluster', [bank, 'archive-2019']],
  ])('one that %s does not have is an error that says so', async (_kind, names) => {
    const unknown = '000000000000000000000000';
    expect(await refusalOf(oneSnapshot, [...names, unknown])).toMatchObject({
      exitCode: 1,
      message: 'this cluster has no snapshot of this id; it may have expired',
    });
  });

  test.each([
    [{ output: 'xml' }, '--output: one of table, json'],
    [{ account: 'other' }, '--account: one of main'],
  ])('%j is bad usage', async (values, message) => {
    const refusal = await refusalOf(listSnapshots, ['platform', 'sessions'], values);
    expect(refusal).toMatchObject({ exitCode: 2, message });
  });

  test('what is neither table nor json is refused before Atlas is asked', async () => {
    const before = atlas.requestLog.total;
    await refusalOf(oneSnapshot, ['platform', 'sessions', 'x'], { output: 'xml' });
    expect(atlas.requestLog.total).toBe(before);
  });
});
