import { cluster } from './cluster.ts';
import { overview } from './overview.ts';

const folder = 'helm/mongodbatlas-backup-exporter/dashboards/';

/** Every file that `npm run dashboards` writes, by its path from the root of the project. */
export const files: ReadonlyMap<string, string> = new Map(
  Object.entries({ overview, cluster }).map(([name, dashboard]) => [
    `${folder}${name}.json`,
    `${JSON.stringify(dashboard, undefined, 2)}\n`,
  ]),
);
