import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filled, meanings } from '../../bench/document.ts';
import { goalIds, goals } from '../../bench/goals.ts';
import { rowsOf } from '../../bench/table.ts';
import { newReadings, verdictOf } from '../../bench/verdict.ts';

const root = join(import.meta.dirname, '../..');

describe('docs/performance.md', async () => {
  const text = await readFile(join(root, 'docs/performance.md'), 'utf8');

  test('has the row of every part of every goal, with what is wanted of it', () => {
    const wanted = rowsOf({ ids: goalIds, short: false }, newReadings(), verdictOf);
    const written = [
      ...text.matchAll(/^\| ([A-Z]\d+) \| (.*?) \| .*? \| (.*?) ?\| (.*?) ?\| .* \|$/gm),
    ];
    expect(written.map(([, ...cells]) => cells)).toEqual(
      wanted.map(({ id, what, must, reach }) => [id, what, must, reach]),
    );
  });

  test('has the words of the template, and the meaning of every goal', async () => {
    const template = await readFile(join(root, 'bench/performance.template.md'), 'utf8');
    for (const words of template.split(/^\{\{\w+\}\}\n/m)) expect(text).toContain(words);
    expect(text).toContain(meanings());
  });
});

test('a template that asks for something unknown is refused', () => {
  expect(filled('a\n{{table}}\nb\n', { table: '| x |\n' })).toBe('a\n| x |\nb\n');
  expect(() => filled('{{cable}}\n', {})).toThrow('the template asks for cable');
});

test('goals are listed once each, in the order of their ids', () => {
  expect(goals.map(({ id }) => id)).toEqual(goalIds);
  const parts = goals.flatMap(({ id, parts: of }) => of.map(({ name }) => `${id} ${name}`));
  expect(new Set(parts).size).toBe(parts.length);
});
