import { readFileSync, writeFileSync } from 'node:fs';
import { documented } from './documented.ts';
import { chartReadme } from './readme.ts';
import { valuesSchema } from './values-schema.ts';

const root = new URL('../../', import.meta.url);
export const chart = 'helm/mongodbatlas-backup-exporter/';

/** Every key of values.yaml. */
export const keys = documented(readFileSync(new URL(`${chart}values.yaml`, root), 'utf8'));

/** Every file that `npm run chart` writes, by its path from the root of the project. */
export const written: ReadonlyMap<string, string> = new Map([
  [`${chart}values.schema.json`, valuesSchema(keys)],
  [`${chart}README.md`, chartReadme(keys)],
]);

if (import.meta.main) {
  for (const [path, text] of written) writeFileSync(new URL(path, root), text);
}
