import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/generated-world.ts';
import { valuesOf } from './samples.ts';
import { servedProgram } from './served-program.ts';
import { accountText, scrapeOf, startedAtlas } from './serving.ts';

const world = generatedWorld({ seed: 'uncaught', projects: 1, clusters: 2 }, systemClock());
const sabotage = fileURLToPath(new URL('sabotage.ts', import.meta.url));

/** The real program with a fault in it. */
async function sabotaged(by: string) {
  const atlas = await startedAtlas({ world });
  const env = { NODE_OPTIONS: `--import=${sabotage}`, SABOTAGE: by };
  const served = await servedProgram(accountText(atlas.url), { env });
  return { ...served, events: () => served.program.stderr().trim().split('\n') };
}

test.each(['rejection', 'rejection_without_reason', 'exception'])(
  'one %s that nobody catches ends the program with 1, and is logged without what it quotes',
  async (by) => {
    const { program, events } = await sabotaged(by);
    program.kill('SIGWINCH');
    expect(await program.ended).toMatchObject({ code: 1, signal: null, stdout: '' });
    const last = JSON.parse(events().at(-1) ?? '');
    expect(last).toMatchObject({ level: 'error', msg: 'a fault of the exporter ends it' });
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
  const faults = events().filter((line) => line.includes('a fault of the exporter'));
  expect(faults.length).toBeGreaterThan(0);
  for (const fault of faults) expect(JSON.parse(fault).err.stack[0]).toContain('sabotage.ts');
  expect(program.stderr()).not.toContain('canary');
  program.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0 });
});
