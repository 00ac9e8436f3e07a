import { readFileSync } from 'node:fs';
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

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

describe('the packages of others', () => {
  test('are asked for in one version each', () => {
    for (const [name, version] of Object.entries(packageJson.devDependencies)) {
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

  test('run nothing when they are installed, but for the Node.js that is for development', () => {
    const scripted = locked.filter(({ hasInstallScript }) => hasInstallScript === true);
    expect(scripted.map(({ name, dev }) => ({ name, dev }))).toEqual([{ name: 'node', dev: true }]);
    expect(packageJson.allowScripts).toEqual({ node: true });
    expect(text('.npmrc')).toContain('strict-allow-scripts=true\n');
    const installs = text('Dockerfile').match(/npm ci .*/g) ?? [];
    expect(installs.length).toBe(1);
    for (const one of installs) expect(one).toContain('--ignore-scripts');
  });
});
