import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { goals } from './goals.ts';
import { root } from './places.ts';
import { type Row, tableMarkdown } from './table.ts';

const template = join(import.meta.dirname, 'performance.template.md');
const document = join(root, 'docs/performance.md');

/** Writes docs/performance.md: the template, which is written by hand, with what a run has found. */
export async function writeDocument(
  rows: readonly Row[],
  notes: readonly string[],
  machine: string,
): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const text = filled(await readFile(template, 'utf8'), {
    table: tableMarkdown(rows),
    notes: notes.map((note) => `- ${note}\n`).join(''),
    machine: `Measured on ${day}: ${machine}.\n`,
    meanings: meanings(),
  });
  await writeFile(document, text);
}

/** What each goal means, a line each. */
export function meanings(): string {
  return goals.map(({ id, meaning }) => `- **${id}** ${meaning}\n`).join('');
}

/** Puts each part in the place of its `{{name}}`, which stands on a line of its own. */
export function filled(text: string, parts: Readonly<Record<string, string>>): string {
  return text.replaceAll(/^\{\{(\w+)\}\}\n/gm, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`the template asks for ${name}`);
    return part;
  });
}
