import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { emptyFolder, run } from '../e2e/program.ts';
import { tool } from './tools.ts';

const analyze = tool('SYSTEMD_ANALYZE');
const shipped = join(import.meta.dirname, '../../deploy/systemd');
const name = 'mongodbatlas-backup-exporter.service';
const unit = await readFile(join(shipped, name), 'utf8');

describe.skipIf(analyze === undefined)('systemd', () => {
  const systemd = (...args: readonly string[]) => promisify(execFile)(analyze ?? '', [...args]);

  /** A machine on which the unit and what it calls are installed, beside the units of this one. */
  async function machine(text = unit): Promise<string> {
    const root = await emptyFolder();
    const own = join(root, 'etc/systemd/system');
    const programs = join(root, 'usr/bin');
    await mkdir(own, { recursive: true });
    await mkdir(programs, { recursive: true });
    await cp('/lib/systemd/system', join(root, 'lib/systemd/system'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    await writeFile(join(own, name), text);
    for (const program of ['mongodbatlas-backup-exporter', 'kill']) {
      await writeFile(join(programs, program), '', { mode: 0o755 });
    }
    return root;
  }

  test('accepts the unit without a word', async () => {
    const said = await systemd('verify', `--root=${await machine()}`, name);
    expect(said).toEqual({ stdout: '', stderr: '' });
  });

  test('has a word for a setting that there is not', async () => {
    const root = await machine(unit.replace('DynamicUser=', 'DynamicUsers='));
    const said = await systemd('verify', `--root=${root}`, name);
    expect(said.stderr).toContain('DynamicUsers');
  });

  test('scores its exposure 1.5 or better', async () => {
    const { stdout } = await systemd(
      ...['security', '--offline=true', '--no-pager', '--threshold=15', join(shipped, name)],
    );
    const score = Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    process.stdout.write(`exposure of the systemd unit: ${score}\n`);
    expect(score).toBeLessThanOrEqual(1.5);
  });
});

/** What systemd says of StateDirectory=. */
const state = { STATE_DIRECTORY: '/var/lib/mongodbatlas-backup-exporter' };

/** The credentials that the unit hands out, by name, in their folder. */
async function credentials(): Promise<string> {
  const folder = await emptyFolder();
  const names = [...unit.matchAll(/^LoadCredential=([\w-]+):/gm)].map(([, found = '']) => found);
  expect(names).toHaveLength(2);
  for (const one of names) await writeFile(join(folder, one), `${one}-of-a-test`);
  return folder;
}

describe('the configuration of the service', () => {
  const check = (env: Readonly<Record<string, string>>) =>
    run(['check', '--config.file', join(shipped, 'config.yaml')], { env });

  test('takes its key from the credentials of the unit', async () => {
    expect(await check({ ...state, CREDENTIALS_DIRECTORY: await credentials() })).toMatchObject({
      code: 0,
      stdout: 'The configuration is valid. Accounts: default\n',
      stderr: '',
    });
  });

  test('is refused where one of them is missing', async () => {
    const { code, stderr } = await check({ ...state, CREDENTIALS_DIRECTORY: await emptyFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('private-key cannot be read (ENOENT)');
  });
});
