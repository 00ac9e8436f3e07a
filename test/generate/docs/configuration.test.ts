import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configurationPage } from '../../../generate/docs/configuration.ts';

const page = configurationPage();

test('every key of the example has its row, and its default there', () => {
  const example: unknown = parse(
    readFileSync(new URL('../../../config.example.yaml', import.meta.url), 'utf8'),
  );
  const rows = new Map(
    page
      .split('\n')
      .flatMap((line) => [...line.matchAll(/^\| `([^`]+)` \| (?:`(.*?)`)? \|/g)])
      .map(([, key = '', usual = '']) => [key, usual]),
  );
  const told = leavesOf(example)
    // An empty list, whose entries have keys of their own.
    .filter(([key]) => key !== 'overrides')
    .map(([key, value]) => [key, rows.get(key), value] as const);
  expect(told.filter(([, usual]) => usual === undefined)).toEqual([]);
  const others = told.filter(
    ([key, usual, value]) => !key.startsWith('auth.') && usual !== value && usual !== '',
  );
  expect(others).toEqual([]);
});

/** Keys under a section, with the text of their values; entries of a list of sections are one. */
function leavesOf(sections: unknown): readonly (readonly [string, string])[] {
  const inner = (value: unknown, path: string): readonly (readonly [string, string])[] => {
    if (typeof value !== 'object' || value === null)
      return [[path, value === '' ? '""' : String(value)]];
    if (Array.isArray(value)) return [[path, JSON.stringify(value)]];
    return Object.entries(value).flatMap(([key, one]) =>
      inner(one, path === '' ? key : `${path}.${key}`),
    );
  };
  return Object.values(sections ?? {}).flatMap((section: unknown) =>
    inner(Array.isArray(section) ? section[0] : section, ''),
  );
}
