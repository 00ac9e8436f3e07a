import { mkdirSync, writeFileSync } from 'node:fs';
import { cluster } from './cluster.ts';
import { overview } from './overview.ts';

export const dashboardFolder = 'helm/mongodbatlas-backup-exporter/dashboards/';

/** Every file that `npm run dashboards` writes, by its path from the root of the project. */
export const written: ReadonlyMap<string, string> = new Map(
  Object.entries({ overview, cluster }).map(([name, dashboard]) => [
    `${dashboardFolder}${name}.json`,
    `${JSON.stringify(dashboard, undefined, 2)}\n`,
  ]),
);

if (import.meta.main) {
  const root = new URL('../', import.meta.url);
  mkdirSync(new URL(dashboardFolder, root), { recursive: true });
  for (const [path, text] of written) writeFileSync(new URL(path, root), text);
}
