import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatProblems } from '../../src/config/problem.ts';
import { loadWebConfig } from '../../src/web-access.ts';
import { canaryPieces } from './loading.ts';

const folder = new URL('../bad-web-configs/', import.meta.url);
const prefix = '# expect: ';

test.each(readdirSync(folder))(
  '%s is refused with exactly the problems that its last lines say',
  async (file) => {
    const bytes = readFileSync(new URL(file, folder));
    const expected = bytes
      .toString()
      .split('\n')
      .filter((line) => line.startsWith(prefix))
      .map((line) => `${file}:${line.slice(prefix.length)}`);
    const loaded = await loadWebConfig(file, async () => bytes);
    const said = loaded.kind === 'ok' ? '' : formatProblems(loaded.problems);
    expect(said.split('\n')).toEqual(expected);
    for (const piece of canaryPieces) expect(said).not.toContain(piece);
  },
);
