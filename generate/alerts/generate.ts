import { usualSetting } from '../../src/alerting/setting.ts';
import { groups } from '../../src/collectors/alerts.ts';
import { chartRules } from './chart-rules.ts';
import { alertPage } from './reference.ts';
import { ruleFile } from './rule-file.ts';

const chart = 'helm/mongodbatlas-backup-exporter/';
export const ruleFolder = `${chart}rules/`;

/** Every file that `npm run rules` writes, by its path from the root of the project. */
export const files: ReadonlyMap<string, string> = new Map([
  ...groups.map((group): [string, string] => [
    `${ruleFolder}${group.name}.yaml`,
    ruleFile(group, usualSetting),
  ]),
  [`${chart}files/rules.yaml`, chartRules(groups)],
  ['docs/alerts.md', alertPage('runbooks/')],
]);
