import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventFamilies } from '../../src/metrics/event-families.ts';
import { exporterFamilies } from '../../src/metrics/exporter-families.ts';
import { clusterFamilies, projectFamilies } from '../../src/metrics/families.ts';
import { emptyFolder } from '../e2e/program.ts';
import { tool } from './tools.ts';

const promtool = tool('PROMTOOL');
const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The YAML blocks of the README that begin with this key, without their indentation. */
function blocks(key: string): readonly string[] {
  return [...readme.matchAll(/^( *)```yaml\n(.*?)\n *```$/gms)]
    .map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))
    .filter((text) => text.startsWith(key));
}

test('every metric that the README names exists', () => {
  const names = new Set(
    [...clusterFamilies, ...projectFamilies, ...exporterFamilies, ...Object.values(eventFamilies)]
      .map(({ name }) => name)
      .values(),
  );
  const named = [...readme.matchAll(/mongodbatlas_backup_\w+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});

describe.skipIf(promtool === undefined)('promtool accepts', () => {
  test.each([
    ['rules', 'groups:'],
    ['config', 'scrape_configs:'],
  ])('the %s of the README', async (kind, key) => {
    const [text = ''] = blocks(key);
    expect(blocks(key)).toHaveLength(1);
    const file = join(await emptyFolder(), 'file.yaml');
    await writeFile(file, `${text}\n`);
    const { status, stdout, stderr } = spawnSync(promtool ?? '', ['check', kind, file], {
      encoding: 'utf8',
    });
    expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 });
  });
});
