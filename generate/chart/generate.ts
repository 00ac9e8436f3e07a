import { readFileSync } from 'node:fs';
import { documented } from './documented.ts';
import { chartReadme } from './readme.ts';
import { valuesSchema } from './values-schema.ts';

const root = new URL('../../', import.meta.url);
export const chart = 'helm/mongodbatlas-backup-exporter/';

/** Every key of values.yaml. */
export const keys = documented(readFileSync(new URL(`${chart}values.yaml`, root), 'utf8'));

/** Every file that `npm run chart` writes, by its path from the root of the project. */
export const files: ReadonlyMap<string, string> = new Map([
  [`${chart}values.schema.json`, valuesSchema(keys)],
  [`${chart}README.md`, chartReadme(keys)],
]);
