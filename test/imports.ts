import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What the repository holds besides its tests, with paths from its root. */
export const files = ['src', 'generate', 'dashboards'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`),
);

/** The room that a file is in: `src/domain/due.ts` is in `domain`, `generate/chart/values.ts` in `generate`. */
export function roomOf(file: string): string {
  const [top = '', ...inside] = file.split('/');
  return top === 'src' && inside.length > 1 ? (inside[0] ?? '') : top;
}

/** The files of the repository that a file imports, types included. */
export function importsOf(file: string): readonly string[] {
  return named(file, /(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
}

/** The files that are loaded with a file: not those of types, nor those that it may ask for later. */
export function loadedBy(file: string): readonly string[] {
  const loaded = new Set<string>([file]);
  for (const at of loaded) {
    for (const one of named(at, /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm)) {
      loaded.add(one);
    }
  }
  loaded.delete(file);
  return [...loaded].toSorted();
}

function named(file: string, pattern: RegExp): readonly string[] {
  const text = readFileSync(`${root}${file}`, 'utf8');
  return [...text.matchAll(pattern)]
    .map(([, path = '']) => relative(root, join(root, dirname(file), path)))
    .filter((path) => path.endsWith('.ts'));
}
