import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { check } from '../../src/cli/check.ts';
import { CommandError } from '../../src/cli/usage.ts';
import { systemClock } from '../../src/domain/time.ts';
import type { SimulatorOptions } from '../../src/simulator/server.ts';
import { demoWorld } from '../../src/simulator/world/demo-world.ts';
import { canary, canaryPieces } from '../config/loading.ts';
import { emptyFolder, run } from '../e2e/program.ts';
import { accountText, startedAtlas } from '../e2e/serving.ts';

const folder = fileURLToPath(new URL('../bad-configs/', import.meta.url));
const env = { EMPTY: '', SECRET: canary, YAML: `{ level: debug, secret: ${canary} }` };

/** What the first lines of a bad configuration say is wrong with it. */
function expectedOf(file: string): string {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('# expect: '))
    .map((line) => `${join(folder, file)}:${line.slice('# expect: '.length)}\n`)
    .join('');
}

afterEach(() => vi.unstubAllEnvs());

describe('check', () => {
  test.each(['several-at-once.yaml', 'syntax-secret-line.yaml', 'unknown-key-secret.yaml'])(
    'ends with 2 for %s and names file, line, column and key of every problem, but no secret',
    async (file) => {
      const ended = await run(['check', '--config.file', join(folder, file)], { env });
      expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expectedOf(file) });
      for (const piece of canaryPieces) expect(ended.stderr).not.toContain(piece);
    },
  );

  test('refuses every bad configuration there is, without a secret in what it says', async () => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    for (const file of readdirSync(folder)) {
      const refused = check({ 'config.file': join(folder, file) }, []);
      const error: unknown = await refused.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(CommandError);
      expect(error).toMatchObject({ exitCode: 2, message: expectedOf(file).trimEnd() });
      for (const piece of canaryPieces) expect(JSON.stringify(error)).not.toContain(piece);
    }
  });

  test('accepts the example that people copy, with nothing on standard error', async () => {
    const cwd = await emptyFolder();
    const example = new URL('../../config.example.yaml', import.meta.url);
    await copyFile(example, join(cwd, 'config.yaml'));
    const credentials = { MONGODB_ATLAS_CLIENT_ID: 'id', MONGODB_ATLAS_CLIENT_SECRET: canary };
    expect(await run(['check'], { cwd, env: credentials })).toMatchObject({
      code: 0,
      stdout: 'The configuration is valid. Accounts: default\n',
      stderr: '',
    });
  });

  test('says how to begin when there is neither a file nor credentials', async () => {
    const { code, stderr } = await run(['check'], { cwd: await emptyFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('copy config.example.yaml to config.yaml');
    expect(stderr).toContain('MONGODB_ATLAS_CLIENT_ID');
    expect(stderr).toContain('MONGODB_ATLAS_PUBLIC_API_KEY');
  });

  test('says that a file is not there', async () => {
    const ended = await run(['check', '--config.file', '/nowhere/config.yaml']);
    const stderr = '/nowhere/config.yaml: there is no such file\n';
    expect(ended).toMatchObject({ code: 2, stderr });
  });
});

const world = demoWorld('check', systemClock());

async function checkedOnline(
  text: (url: string) => string,
  options: Partial<SimulatorOptions> = {},
) {
  const atlas = await startedAtlas({ world, ...options });
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'config.yaml'), text(atlas.url));
  return { atlas, ...(await run(['check', '--online'], { cwd })) };
}

describe('check --online', () => {
  test('lists projects, the planned calls and the limits, and ends with 0 when all is well', async () => {
    const { code, stdout, stderr } = await checkedOnline(accountText);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^PROJECT +ID +CLUSTERS +READABLE$/m);
    expect(stdout.match(/^\w+ +[0-9a-f]{24} +\d+ +yes$/gm)).toHaveLength(world.projects.length);
    expect(stdout).toMatch(
      /^Planned: about \d+ API calls an hour, for 30 clusters in 4 projects\.$/m,
    );
    expect(stdout).toMatch(/^RATE LIMIT OF +CAPACITY +REMAINING$/m);
    expect(stdout).toMatch(/^snapshots +1200 +1\d\d\d$/m);
  });

  test('says that the key is wrong, and does not show it', async () => {
    const wrong = (url: string) => accountText(url).replace('simulator-key', canary);
    const { code, stdout, stderr } = await checkedOnline(wrong);
    expect(code).toBe(1);
    expect(stdout).toContain('  Atlas refused the credentials. Check that the key');
    expect(stdout).toContain('without what could not be read');
    expect(stdout + stderr).not.toContain(canary);
  });

  test('says that a named project is not among those the key may see', async () => {
    const [hidden, ...others] = world.projects.map(({ id }) => id);
    const key = { publicKey: 'simulator', privateKey: 'simulator-key', projects: others };
    const named = (url: string) => accountText(url, `    projects: { include: ["${hidden}"] }`);
    const { code, stdout } = await checkedOnline(named, { apiKeys: [key] });
    expect(code).toBe(1);
    expect(stdout).toContain(`  project ${hidden}: Atlas lists no project with this id or name`);
  });

  test('names the missing role for a project that is listed and may not be read', async () => {
    const atlas = await startedAtlas({ world });
    const [first] = world.projects;
    atlas.intercept(({ path, authorised }) =>
      authorised && path.includes(`/groups/${first?.id}/`)
        ? {
            status: 403,
            headers: { 'Content-Type': 'application/json' },
            body: '{"error":403,"errorCode":"USER_UNAUTHORIZED"}',
          }
        : undefined,
    );
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'config.yaml'), accountText(atlas.url));
    const { code, stdout } = await run(['check', '--online'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^${first?.name} +${first?.id} +0 +no$`, 'm'));
    expect(stdout.match(/ yes$/gm)).toHaveLength(world.projects.length - 1);
    expect(stdout).toContain(`  ${first?.name}: The credentials work but lack a role here.`);
    expect(stdout).toContain('Project Read Only');
  });

  test('says that Atlas cannot be reached', async () => {
    const { atlas } = await checkedOnline(accountText);
    await atlas.close();
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'config.yaml'), accountText(atlas.url));
    const { code, stdout } = await run(['check', '--online'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('Atlas could not be reached. Check DNS');
  });
});
