import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { emptyFolder } from '../../e2e/program.ts';
import { tool } from '../tools.ts';
import { chart, type Helm, helms, release, runHelm, template } from './helm.ts';

const registry = tool('DOCKER_REGISTRY');
const name = 'mongodbatlas-backup-exporter';
const archive = `${name}-${packageJson.version}.tgz`;

/** A container registry on this machine for the length of one test, as host:port. */
async function startedRegistry(): Promise<string> {
  const folder = await emptyFolder();
  const file = join(folder, 'config.yml');
  await mkdir(join(folder, 'data'));
  const config = {
    version: '0.1',
    log: { accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: '127.0.0.1:0' },
  };
  await writeFile(file, JSON.stringify(config));
  const child = spawn(registry ?? '', ['serve', file], {
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const note = (text: Buffer) => {
    said += text.toString();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return vi.waitFor(() => {
    const address = /listening on (127\.0\.0\.1:\d+)/.exec(said)?.[1];
    if (address === undefined) throw new Error(`no registry yet: ${said}`);
    return address;
  }, 10_000);
}

function packaged(helm: Helm, folder: string) {
  const { status, stderr } = runHelm(helm, ['package', chart, '--destination', folder]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return join(folder, archive);
}

describe.each(helms)('$name', (helm) => {
  test('finds nothing to say of the chart', () => {
    const { status, stdout } = runHelm(helm, ['lint', '--strict', '--with-subcharts', chart]);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/WARNING|ERROR/);
  });

  test('packs what is needed to install it, and nothing else', async () => {
    const file = packaged(helm, await emptyFolder());
    const listed = spawnSync('tar', ['-tzf', file], { encoding: 'utf8' }).stdout.trim().split('\n');
    const inside = listed.map((path) => path.slice(name.length + 1));
    const top = new Set(inside.map((path) => path.split('/')[0]));
    const wanted = [
      'Chart.yaml',
      'README.md',
      'files',
      'templates',
      'values.schema.json',
      'values.yaml',
    ];
    top.delete('dashboards');
    top.delete('.helmignore');
    expect([...top].toSorted()).toEqual(wanted);
    const boards = (await readdir(chart)).includes('dashboards')
      ? await readdir(join(chart, 'dashboards'))
      : [];
    for (const board of boards) expect(inside).toContain(`dashboards/${board}`);
  });

  test.skipIf(registry === undefined)(
    'pushes it to a registry and installs it from there',
    async () => {
      const address = await startedRegistry();
      const file = packaged(helm, await emptyFolder());
      const pushed = runHelm(helm, ['push', file, `oci://${address}/charts`, '--plain-http']);
      expect({ status: pushed.status, said: pushed.stderr }).toMatchObject({ status: 0 });
      const from = `oci://${address}/charts/${name}`;
      const version = ['--version', packageJson.version, '--plain-http'];
      const shown = runHelm(helm, ['show', 'chart', from, ...version]);
      expect(shown.stdout).toContain(`appVersion: ${packageJson.version}\n`);
      const values = 'rules: { enabled: true }\ndashboards: { enabled: true }\n';
      const flags = ['--namespace', 'backups', '--values', '-'];
      const pulled = runHelm(helm, ['template', release, from, ...version, ...flags], values);
      expect(pulled.status).toBe(0);
      expect(pulled.stdout).toBe(template(helm, values).stdout);
    },
  );
});

// A file without a single test counts as a failure.
if (helms.length === 0) test.skip('needs Helm', () => undefined);
