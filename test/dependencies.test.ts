import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import packageJson from '../package.json' with { type: 'json' };

const root = new URL('../', import.meta.url);
const text = (name: string) => readFileSync(new URL(name, root), 'utf8');

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});
const locked = Object.entries(lockFile.parse(JSON.parse(text('package-lock.json'))).packages)
  .filter(([path]) => path !== '')
  .map(([path, one]) => ({ ...one, path, name: path.split('node_modules/').at(-1) ?? '' }));
const needed = locked.filter(({ dev }) => dev !== true);

const bill = z.object({
  metadata: z.object({ component: z.object({ purl: z.string() }) }),
  components: z.array(
    z.object({
      purl: z.string(),
      hashes: z.array(z.object({ alg: z.string(), content: z.string() })),
    }),
  ),
});

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

describe('the packages of others', () => {
  test('are asked for in one version each', () => {
    const { dependencies, devDependencies } = packageJson;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, name).toMatch(exact);
    }
    expect(text('.npmrc')).toContain('save-exact=true\n');
  });

  test('are pinned to one version and the SHA-512 of its archive', () => {
    expect(locked.length).toBeGreaterThan(100);
    for (const { path, version, integrity, resolved, link } of locked) {
      expect(version, path).toMatch(exact);
      expect(integrity, path).toMatch(/^sha512-[\w+/]{86}==$/);
      // From a registry, whichever: neither a folder, nor Git, nor a plain connection.
      expect(resolved ?? 'https://', path).toMatch(/^https:\/\//);
      expect(link, path).toBeUndefined();
    }
  });

  test('are 58 at run time, of which nine are asked for', () => {
    // One more is one more to trust: whoever adds it says here that it is worth it.
    expect(needed.length).toBe(58);
    expect(Object.keys(packageJson.dependencies).length).toBe(9);
  });

  test('run nothing when they are installed, but for the Node.js that is for development', () => {
    const scripted = locked.filter(({ hasInstallScript }) => hasInstallScript === true);
    expect(scripted.map(({ name, dev }) => ({ name, dev }))).toEqual([{ name: 'node', dev: true }]);
    expect(packageJson.allowScripts).toEqual({ node: true });
    expect(text('.npmrc')).toContain('strict-allow-scripts=true\n');
    const installs = text('Dockerfile').match(/npm ci .*/g) ?? [];
    expect(installs.length).toBe(2);
    for (const one of installs) expect(one).toContain('--ignore-scripts');
  });

  test('stand in the bill of materials of a release, each with its hash', async () => {
    const [, written = ''] = /npm (sbom .*) > /.exec(text('.github/workflows/release.yaml')) ?? [];
    const { stdout } = await promisify(execFile)('npm', written.split(' '), {
      cwd: root,
      maxBuffer: 16 * 2 ** 20,
    });
    const { metadata, components } = bill.parse(JSON.parse(stdout));
    const { name, version } = packageJson;
    expect(metadata.component.purl).toBe(`pkg:npm/${name}@${version}`);
    const purls = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
    expect(needed.filter((one) => !purls.has(`pkg:npm/${one.name}@${one.version}`))).toEqual([]);
    for (const { purl, hashes } of components) {
      expect(
        hashes.map(({ alg }) => alg),
        purl,
      ).toEqual(['SHA-512']);
    }
  });
});
