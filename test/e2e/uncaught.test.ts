import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { emptyFolder, run } from './program.ts';
import { valuesOf } from './samples.ts';
import { servedProgram } from './served-program.ts';
import { accountText, scrapeOf, startedAtlas } from './serving.ts';

const world = generatedWorld({ seed: 'uncaught', projects: 1, clusters: 2 }, systemClock());
const sabotage = fileURLToPath(new URL('sabotage.ts', import.meta.url));

const faulty = (by: string) => ({ NODE_OPTIONS: `--import=${sabotage}`, SABOTAGE: by });

/** The real program with a fault in it. */
async function sabotaged(by: string) {
  const atlas = await startedAtlas({ world });
  const served = await servedProgram(accountText(atlas.url), { env: faulty(by) });
  return { ...served, events: () => served.program.stderr().trim().split('\n') };
}

test.each(['rejection', 'rejection_without_reason', 'exception'])(
  'one %s that nobody catches ends the program with 1, and is logged without what it quotes',
  async (by) => {
    const { program, events } = await sabotaged(by);
    program.kill('SIGWINCH');
    expect(await program.ended).toMatchObject({ code: 1, signal: null, stdout: '' });
    const last = JSON.parse(events().at(-1) ?? '');
    expect(last).toMatchObject({ level: 'error', msg: 'internal error, stopping' });
    expect(program.stderr()).not.toContain('canary');
    if (by === 'rejection_without_reason') return;
    expect(last.err).toMatchObject({ type: 'TypeError', cause: { type: 'Error' } });
    expect(last.err.stack[0]).toContain('sabotage.ts');
  },
);

test('a fault in all that reads Atlas ends nothing, and is logged without what it quotes', async () => {
  const { program, url, events } = await sabotaged('reading');
  const { text } = await scrapeOf(`${url}/metrics`);
  expect(valuesOf(text, 'exporter_poll_success')).toEqual([0]);
  expect(valuesOf(text, 'exporter_errors_total', { reason: 'internal' })).toContain(1);
  const faults = events().filter((line) => line.includes('internal error'));
  expect(faults.length).toBeGreaterThan(0);
  for (const fault of faults) expect(JSON.parse(fault).err.stack[0]).toContain('sabotage.ts');
  expect(program.stderr()).not.toContain('canary');
  program.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0 });
});

test('a fault of a command ends it with 1, and is told without what it quotes', async () => {
  const atlas = await startedAtlas({ world });
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'config.yaml'), accountText(atlas.url));
  const { code, stderr } = await run(['once'], { cwd, env: faulty('page') });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^internal error: \{"type":"TypeError",.*sabotage\.ts.*\}$/m);
  expect(stderr).not.toContain('canary');
});
