import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { run, sources, startedProgram } from '../e2e/program.ts';
import { type Installed, packedAndInstalled, said } from './packed.ts';

const bill = z.object({
  components: z.array(z.object({ name: z.string(), version: z.string() })),
});

describe('the package', () => {
  let installed: Installed;
  const text = (file: string) => readFileSync(join(installed.at, file), 'utf8');
  const program = () => join(installed.at, packageJson.bin['mongodbatlas-backup-exporter']);

  beforeAll(async () => {
    installed = await packedAndInstalled();
  }, 120_000);
  afterAll(() => installed?.remove());

  test('holds the program, what the pages show, licenses and examples, and nothing else', () => {
    expect(installed.files.filter((file) => !/^dist\/[\w-]+\.js$/.test(file))).toEqual([
      ...['LICENSE', 'README.md', 'config.example.yaml'],
      ...['dist/THIRD-PARTY-LICENSES.txt', 'dist/assets/icon.svg', 'dist/assets/live.js'],
      ...['dist/assets/style.css', 'dist/sbom.cdx.json', 'package.json', 'web-config.example.yaml'],
    ]);
  });

  test('needs no other', async () => {
    const there = await readdir(join(installed.folder, 'node_modules'));
    expect(there.filter((name) => !name.startsWith('.'))).toEqual([packageJson.name]);
  });

  test('lists the packages that went into it, no more than are worth it, each with its license', () => {
    const { components } = bill.parse(JSON.parse(text('dist/sbom.cdx.json')));
    const licenses = text('dist/THIRD-PARTY-LICENSES.txt');
    const names = components.map(({ name }) => name);
    // One more is one more to trust: whoever adds it says here that it is worth it.
    expect(names).toHaveLength(53);
    expect(names).toEqual(expect.arrayContaining(['fastify', 'undici', 'zod', 'yaml', 'pino']));
    for (const { name, version } of components) expect(licenses).toContain(`${name} ${version} (`);
  });

  test('runs by its name', async () => {
    const { folder } = installed;
    expect(await said(folder, 'npx', '--no', packageJson.name, '--', '--version')).toContain(
      `mongodbatlas-backup-exporter ${packageJson.version}, Node.js v`,
    );
  });

  test('plays the demo: polls, and serves metrics, pages, their files and JSON', async () => {
    const { printed, kill, ended } = startedProgram(['demo', '--web.listen-address=127.0.0.1:0'], {
      main: program(),
    });
    const url = await printed(/Status page {6}(\S+)\//);
    const read = async (path: string) => (await fetch(`${url}${path}`)).text();
    const page = await read('/metrics');
    expect(page).toContain(`build_info{version="${packageJson.version}"`);
    expect(page).toMatch(/^mongodbatlas_backup_snapshot_last_completed_age_seconds\{/m);
    expect(await read('/')).toContain('/assets/style.css');
    expect(await read('/assets/style.css')).toContain('{');
    expect(JSON.parse(await read('/api/v1/status'))).toHaveProperty('schema_version', 1);
    kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
  });

  test('asks for a password where the web configuration does', async () => {
    const file = join(installed.folder, 'web.yaml');
    await writeFile(file, `basic_auth_users: { ann: '${hashSync('a password', 4)}' }\n`);
    const { printed } = startedProgram(
      ['demo', '--web.listen-address=127.0.0.1:0', `--web.config.file=${file}`],
      { main: program() },
    );
    const url = await printed(/Metrics {10}(\S+)/);
    expect((await fetch(url)).status).toBe(401);
    const authorization = `Basic ${Buffer.from('ann:a password').toString('base64')}`;
    expect((await fetch(url, { headers: { authorization } })).status).toBe(200);
  });

  test('checks its examples as the sources do', async () => {
    const example = join(installed.at, 'web-config.example.yaml');
    const args = ['check', '--web.config.file', example, '--config.file', '/nowhere/config.yaml'];
    const [packed, given] = [
      await run(args, { main: program() }),
      await run(args, { main: sources }),
    ];
    expect(packed).toEqual(given);
    expect(packed.code).toBe(2);
  });

  test('serves without the simulator, and says its version without much at all', () => {
    const loaded = (file: string) => [...loadedWith(file, (one) => text(`dist/${one}`))].join('\n');
    expect(loaded('demo.js')).toContain('src/simulator/');
    expect(loaded('serve.js')).toContain('src/exporter/exporter.ts');
    expect(loaded('serve.js')).not.toContain('src/simulator/');
    expect(loaded('main.js').length).toBeLessThan(1_000);
    expect(loaded('program.js').length).toBeLessThan(20_000);
    expect(loaded('health.js').length).toBeLessThan(20_000);
  });
});

/** The texts that are read to load a file: its own, and those of what it imports. */
function loadedWith(file: string, textOf: (file: string) => string): ReadonlySet<string> {
  const names = new Set([file]);
  for (const name of names) {
    for (const [, next = ''] of textOf(name).matchAll(/^(?:import|export) .*"\.\/(.+\.js)";$/gm)) {
      names.add(next);
    }
  }
  return new Set([...names].map(textOf));
}
