import { expect, test } from 'vitest';
import { referencePage } from '../../../generate/docs/metrics.ts';
import { clusterFamilies } from '../../../src/collectors/families.ts';
import { eventFamilies } from '../../../src/metrics/event-families.ts';
import { exporterFamilies } from '../../../src/metrics/exporter-families.ts';
import { projectFamilies } from '../../../src/metrics/project-families.ts';
import { runtimeFamilies } from '../../../src/metrics/runtime-families.ts';

test('every family has one row of its own, with its help', () => {
  const rows = referencePage().split('\n');
  const all = [
    ...clusterFamilies,
    ...projectFamilies,
    ...exporterFamilies,
    ...Object.values(eventFamilies),
    ...runtimeFamilies,
  ];
  for (const { name, help } of all) {
    const found = rows.filter((row) => row.startsWith(`| \`${name}\` |`));
    expect(found, name).toHaveLength(1);
    expect(found[0]).toContain(help);
  }
});

test('every row has five cells, and no line outside the tables is wide', () => {
  for (const line of referencePage().split('\n')) {
    if (line.startsWith('|')) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(7);
    else expect(line.length).toBeLessThanOrEqual(102);
  }
});
