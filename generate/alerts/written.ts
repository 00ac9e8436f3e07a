import { mkdirSync, writeFileSync } from 'node:fs';
import { usualSetting } from '../../src/alerting/setting.ts';
import { groups } from '../../src/alerting/table.ts';
import { chartRules } from './chart-rules.ts';
import { alertPage } from './reference.ts';
import { ruleFile } from './rule-file.ts';

const chart = 'helm/mongodbatlas-backup-exporter/';
export const ruleFolder = `${chart}rules/`;
const dataFolder = `${chart}files/`;

/** Every file that `npm run rules` writes, by its path from the root of the project. */
export const written: ReadonlyMap<string, string> = new Map([
  ...groups.map((group): [string, string] => [
    `${ruleFolder}${group.name}.yaml`,
    ruleFile(group, usualSetting),
  ]),
  [`${dataFolder}rules.yaml`, chartRules(groups)],
  ['docs/alerts.md', alertPage('runbooks/')],
]);

if (import.meta.main) {
  const root = new URL('../../', import.meta.url);
  for (const folder of [ruleFolder, dataFolder]) {
    mkdirSync(new URL(folder, root), { recursive: true });
  }
  for (const [path, text] of written) writeFileSync(new URL(path, root), text);
}
