import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** Those of src, with their paths from there. */
export const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

export function folderOf(file: string): string {
  return file.split('/').slice(0, -1)[0] ?? '.';
}

/** The files of src that a file imports, types included. */
export function importsOf(file: string): readonly string[] {
  return named(file, /(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
}

/** The files of src that are loaded with a file: not those of types, nor those that it may ask for later. */
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
  const text = readFileSync(`${src}${file}`, 'utf8');
  return [...text.matchAll(pattern)]
    .map(([, path = '']) => relative(src, join(src, dirname(file), path)))
    .filter((path) => !path.startsWith('..'));
}
