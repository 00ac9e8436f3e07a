import { expect, test } from 'vitest';
import { formatProblems } from '../../src/config/problem.ts';
import { loadWebConfig } from '../../src/exporter/web-access.ts';
import { faultyFiles } from './faulty.ts';
import { canaryPieces } from './loading.ts';

test.each(faultyFiles(new URL('../bad-web-configs/', import.meta.url)))(
  '$file is refused with exactly the problems that its last lines say',
  async ({ file, bytes, expected }) => {
    const loaded = await loadWebConfig(file, async () => bytes);
    const said = loaded.kind === 'ok' ? '' : formatProblems(loaded.problems);
    expect(said.split('\n')).toEqual(expected);
    for (const piece of canaryPieces) expect(said).not.toContain(piece);
  },
);
