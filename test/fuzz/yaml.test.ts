import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { canaryPieces } from '../config/loading.ts';
import { emptyFolder, run } from '../e2e/program.ts';
import { child } from './child.ts';
import { fuzz } from './fuzzing.ts';
import { yamlFiles } from './yaml-texts.ts';

type Answer = {
  readonly kind: 'ok' | 'invalid';
  readonly problems?: readonly { readonly line?: number; readonly column?: number }[];
};

const answer = `
  const bytes = Buffer.from(question, 'base64');
  const loaded = await modules[0].loadConfig({ path: 'config.yaml', env: {}, readFile: async () => bytes });
  // In a place for something else the canary is no secret, and a sound configuration has it.
  const elsewhere = bytes.toString().replaceAll(/^ *#.*|(client_id|client_secret|public_key|private_key): .*/gm, '');
  return loaded.kind === 'ok' && /canary|7f3a/.test(elsewhere) ? { kind: 'ok' } : loaded;`;
/** A loader that hoards does not live long in it. */
const nodeArguments = ['--max-old-space-size=64'];

fuzz('yaml', () => {
  const { ask } = child({ answer, modules: ['src/config/load.ts'], nodeArguments });
  return fc.asyncProperty(yamlFiles, async (bytes) => {
    // Node.js itself takes the most of it when the machine is busy.
    const loaded = (await ask(bytes.toString('base64'), 5_000)) as Answer;
    const said = JSON.stringify(loaded);
    for (const one of canaryPieces) expect(said).not.toContain(one);
    if (loaded.kind === 'ok') return;
    expect(loaded.problems?.length).toBeGreaterThan(0);
    for (const { line = 1, column = 1 } of loaded.problems ?? []) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(column).toBeGreaterThanOrEqual(1);
    }
  });
});

fuzz('yamlCheck', async () => {
  const file = join(await emptyFolder(), 'config.yaml');
  const env = { NODE_OPTIONS: '--max-old-space-size=64' };
  return fc.asyncProperty(yamlFiles, async (bytes) => {
    writeFileSync(file, bytes);
    const { code, signal, stdout, stderr } = await run(['check', '--config.file', file], { env });
    expect({ signal, code }).toEqual({ signal: null, code: code === 0 ? 0 : 2 });
    expect(stderr).not.toMatch(/^\s+at /m);
    for (const one of canaryPieces) expect(stdout + stderr).not.toContain(one);
    if (code === 2) expect(stderr).toContain(file);
  });
});
