import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** What all files of a run share: where its cases come from, and where they are counted. */
type Run = { readonly seed: number; readonly ledger: string };

declare module 'vitest' {
  interface ProvidedContext {
    fuzz: Run;
  }
}

/** Draws the seed of a run, unless FUZZ_SEED gives one, and says at its end how many cases it had. */
export default function setUp(project: TestProject): () => void {
  const given = process.env['FUZZ_SEED'] ?? '';
  const seed = /^-?\d+$/.test(given) ? Number(given) | 0 : Math.floor(Math.random() * 2 ** 31);
  const folder = mkdtempSync(join(tmpdir(), 'exporter-fuzz-'));
  const ledger = join(folder, 'ledger');
  writeFileSync(ledger, '');
  project.provide('fuzz', { seed, ledger });
  return () => {
    const cases = readFileSync(ledger, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .reduce((sum, line) => sum + Number(JSON.parse(line).cases), 0);
    rmSync(folder, { recursive: true });
    if (cases > 0) console.log(`fuzz cases: ${cases}, FUZZ_SEED=${seed}`);
  };
}
