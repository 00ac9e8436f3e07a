import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generators } from '../../generate/main.ts';

const root = new URL('../../', import.meta.url);
/** These hold nothing but what is generated. */
const chart = 'helm/mongodbatlas-backup-exporter/';
const folders = [`${chart}rules/`, `${chart}files/`, `${chart}dashboards/`];

const generated = new Map(
  await Promise.all(
    Object.entries(generators).map(
      async ([script, generator]) => [script, (await generator()).files] as const,
    ),
  ),
);

describe.each([...generated])('npm run %s', (_, files) => {
  test.each([...files])('writes %s as it is', (path, text) => {
    const file = new URL(path, root);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
  });
});

test.each(folders)('%s holds no other file', (folder) => {
  const paths = [...generated.values()].flatMap((files) => [...files.keys()]);
  const found = readdirSync(new URL(folder, root)).map((file) => folder + file);
  expect(found.toSorted()).toEqual(paths.filter((path) => path.startsWith(folder)).toSorted());
});
