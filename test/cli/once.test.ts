import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { emptyFolder, run } from '../e2e/program.ts';
import { samplesOf, valuesOf } from '../e2e/samples.ts';
import { accountText, startedAtlas } from '../e2e/serving.ts';

const world = demoWorld('once', systemClock());

async function folderWith(text: string): Promise<string> {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'config.yaml'), text);
  return folder;
}

describe('once', () => {
  test('prints a whole page and ends with 0', async () => {
    const atlas = await startedAtlas({ world });
    const { code, stdout, stderr } = await run(['once'], {
      cwd: await folderWith(accountText(atlas.url)),
    });
    expect(code).toBe(0);
    expect(valuesOf(stdout, 'exporter_poll_success')).toEqual([1]);
    expect(samplesOf(stdout).length).toBeGreaterThan(500);
    expect(stdout.endsWith('\n')).toBe(true);
    // A pipe is no terminal: nothing is drawn on it.
    expect(stderr).not.toContain('\u001b');
  });

  test('ends with 1 and prints what is known when something could not be read', async () => {
    const atlas = await startedAtlas({ world });
    const cwd = await folderWith(
      accountText(atlas.url, '    projects: { include: [gone, platform] }'),
    );
    const { code, stdout, stderr } = await run(['once'], { cwd });
    expect(code).toBe(1);
    expect(valuesOf(stdout, 'project_refresh_success', { project: 'gone' })).toEqual([0]);
    expect(valuesOf(stdout, 'refresh_success')).not.toContain(0);
    expect(stderr).toContain('"reason":"not_found"');
  });

  test('leaves the state file to the exporter that runs', async () => {
    const atlas = await startedAtlas({ world });
    const cwd = await folderWith(accountText(atlas.url, 'state: { path: state }'));
    const { code, stdout } = await run(['once'], { cwd });
    expect(code).toBe(0);
    expect(valuesOf(stdout, 'exporter_state_saved_timestamp_seconds')).toEqual([]);
    expect(await readdir(cwd)).toEqual(['config.yaml']);
  });

  test('takes its account from the variables of the tools of MongoDB when there is no file', async () => {
    const atlas = await startedAtlas({ world });
    const at = { MONGODB_ATLAS_BASE_URL: atlas.url };
    const key = {
      MONGODB_ATLAS_PUBLIC_API_KEY: 'simulator',
      MONGODB_ATLAS_PRIVATE_API_KEY: 'simulator-key',
    };
    const account = {
      MONGODB_ATLAS_CLIENT_ID: 'mdb_sa_id_simulator',
      MONGODB_ATLAS_CLIENT_SECRET: 'mdb_sa_sk_simulator',
    };
    for (const env of [key, account]) {
      const { code, stdout } = await run(['once'], {
        cwd: await emptyFolder(),
        env: { ...at, ...env },
      });
      expect(code).toBe(0);
      expect(valuesOf(stdout, 'exporter_poll_success')).toEqual([1]);
    }
  });

  test('ends with one line and 1 when its reader goes before the end', async () => {
    const start = systemClock();
    const many = generatedWorld({ seed: 'once', projects: 1, clusters: 300 }, start);
    const atlas = await startedAtlas({ world: many });
    const child = spawn(process.execPath, [inject('program'), 'once', '--log.level', 'error'], {
      cwd: await folderWith(accountText(atlas.url)),
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'standard output was closed before the end\n',
    });
  });
});
