import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { formatProblems } from '../../src/config/problem.ts';
import { faultyFiles } from './faulty.ts';
import { canary, canaryPieces } from './loading.ts';

const files = faultyFiles(new URL('../bad-configs/', import.meta.url));
const env = { EMPTY: '', SECRET: canary, YAML: `{ level: debug, secret: ${canary} }` };

test.each(files)(
  '$file is refused with exactly the problems that its first lines say',
  async ({ file, bytes, expected }) => {
    const loaded = await loadConfig({ path: file, env, readFile: async () => bytes });
    const said = loaded.kind === 'ok' ? '' : formatProblems(loaded.problems);
    expect(said.split('\n')).toEqual(expected);
    for (const piece of canaryPieces) {
      expect(JSON.stringify(loaded)).not.toContain(piece);
      expect(said).not.toContain(piece);
    }
  },
);

test('there is a bad configuration for every kind of fault that a person makes', () => {
  expect(files.length).toBeGreaterThanOrEqual(100);
});

test('no bad configuration changes the prototype of objects', () => {
  expect('polluted' in {}).toBe(false);
});
