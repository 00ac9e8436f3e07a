import { spawnSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clusterFamilies } from '../../src/collectors/families.ts';
import { eventFamilies } from '../../src/metrics/event-families.ts';
import { exporterFamilies } from '../../src/metrics/exporter-families.ts';
import { projectFamilies } from '../../src/metrics/project-families.ts';
import { account, configOrThrow, load } from '../config/loading.ts';
import { emptyFolder } from '../e2e/program.ts';
import { tool } from './tools.ts';

const promtool = tool('PROMTOOL');
const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');

const rules = join(import.meta.dirname, '../../helm/mongodbatlas-backup-exporter/rules');

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
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});

test('the objectives that the README shows are understood', async () => {
  const [text = ''] = blocks('objectives:');
  const { objectives } = configOrThrow(await load(`${account}${text}\n`));
  expect(objectives.overrides.map(({ rpoSeconds }) => rpoSeconds)).toEqual([43_200, 'none']);
});

describe.skipIf(promtool === undefined)('promtool accepts', () => {
  test('the scrape configuration of the README, with the rules copied as it says', async () => {
    const folder = await emptyFolder();
    await cp(rules, join(folder, 'rules'), { recursive: true });
    const file = join(folder, 'prometheus.yml');
    const config = [...blocks('scrape_configs:'), ...blocks('rule_files:')];
    expect(config).toHaveLength(2);
    await writeFile(file, `${config.join('\n')}\n`);
    const { status, stdout, stderr } = spawnSync(promtool ?? '', ['check', 'config', file], {
      encoding: 'utf8',
    });
    expect({ status, said: stdout + stderr }).toMatchObject({
      status: 0,
      said: expect.stringMatching(/8 rule files found[\s\S]*\d+ rules found/),
    });
  });
});
