import { mkdirSync, writeFileSync } from 'node:fs';
import { alertPage } from './reference.ts';
import { ruleFile, usualSetting } from './rule-file.ts';
import { groups } from './table.ts';

export const ruleFolder = 'helm/mongodbatlas-backup-exporter/rules/';

/** Every file that `npm run rules` writes, by its path from the root of the project. */
export const written: ReadonlyMap<string, string> = new Map([
  ...groups.map((group): [string, string] => [
    `${ruleFolder}${group.name}.yaml`,
    ruleFile(group, usualSetting),
  ]),
  ['docs/alerts.md', alertPage('runbooks/')],
]);

if (import.meta.main) {
  const root = new URL('../../', import.meta.url);
  mkdirSync(new URL(ruleFolder, root), { recursive: true });
  for (const [path, text] of written) writeFileSync(new URL(path, root), text);
}
