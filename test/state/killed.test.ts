import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readState } from '../../src/state/file.ts';
import { emptyFolder } from '../e2e/program.ts';

const writer = fileURLToPath(new URL('dying-writer.ts', import.meta.url));
const kills = 200;
const atOnce = 8;

/** Kills a writer after so many steps of its writing; says which file it was at, and at which step. */
async function killed(folder: string, steps: number): Promise<{ n: number; step: string }> {
  const child = spawn(process.execPath, [writer, folder, String(steps)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  await once(child, 'close');
  const [, n = '', step = ''] = /^(\d+) (.+)\n$/.exec(said) ?? [];
  return { n: Number(n), step };
}

/** The number of the file that is there; 0: none. Rejects if it is not whole. */
async function numberIn(folder: string): Promise<number> {
  const lines = await readState(folder, async (all) => {
    const read: string[] = [];
    for await (const line of all) read.push(line);
    return read;
  });
  if (lines === undefined) return 0;
  const [n] = lines[0]?.split(' ') ?? [];
  expect(lines).toHaveLength(3_001);
  expect(lines.every((line) => line.startsWith(`${n} `))).toBe(true);
  expect(lines.at(-1)).toBe(`${n} end`);
  return Number(n);
}

test(`killed after any step of writing, ${kills} times, a file that was there before is never lost`, async () => {
  const seen = new Set<string>();
  const folders = await Promise.all(Array.from({ length: atOnce }, emptyFolder));
  await Promise.all(
    folders.map(async (folder, offset) => {
      let before = 0;
      for (let turn = offset; turn < kills; turn += atOnce) {
        const { n, step } = await killed(folder, 1 + Math.floor(Math.random() * 25));
        seen.add(step);
        const found = await numberIn(folder);
        const done = step === 'rename' || step === 'sync folder' ? n : n - 1;
        expect(found, `killed at file ${n} after "${step}"`).toBe(done === 0 ? before : done);
        before = found;
      }
    }),
  );
  expect([...seen].toSorted()).toEqual(['close', 'open', 'rename', 'sync', 'sync folder', 'write']);
});
