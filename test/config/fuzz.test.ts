import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { account, canary, load } from './loading.ts';

const example = readFileSync(new URL('../../config.example.yaml', import.meta.url), 'utf8');
const texts = [
  account,
  example.replaceAll(/\$\{\w+\}/g, canary),
  example.replaceAll(/^( *)#(?=\S)/gm, '$1').replaceAll(/\$\{\w+\}/g, canary),
];

type Edit = { readonly at: number; readonly drop: number; readonly put: string };

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.constantFrom(0, 0, 1, 2, 5),
    put: fc.constantFrom(
      ...'#:,-?!&*|>%@`\'"[]{}$~\n\t 0',
      '\n  ',
      ': ',
      '- ',
      '<<: ',
      '\u0000',
      '💾',
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

function edited(text: string, changes: readonly Edit[]): string {
  return changes.reduce((before, { at, drop, put }) => {
    const start = Math.floor(at * before.length);
    return before.slice(0, start) + put + before.slice(start + drop);
  }, text);
}

test('a slip of the keyboard anywhere neither breaks the loader nor shows a secret', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), edits, async (text, changes) => {
      const loaded = await load(edited(text, changes));
      expect(JSON.stringify(loaded)).not.toContain('7f3a');
      if (loaded.kind === 'ok') return;
      expect(loaded.problems.length).toBeGreaterThan(0);
      for (const { line, column } of loaded.problems) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(column).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 600 },
  );
});
