import { readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { servedProgram } from '../e2e/served-program.ts';
import { accountText, scrapeOf, startedAtlas } from '../e2e/serving.ts';
import { unsharing } from './unsharing.ts';

const within = unsharing(['--pid', '--fork', '--kill-child']);
const world = generatedWorld({ seed: 'one', projects: 1, clusters: 2 }, systemClock());

describe.skipIf(within === undefined)('as process number one', () => {
  /** The program as the first process of its namespace; a signal without a handler does not reach it. */
  async function first() {
    const atlas = await startedAtlas({ world });
    const served = await servedProgram(accountText(atlas.url), { within: within ?? [] });
    const { pid: parent } = served.program;
    const pid = Number(await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8'));
    expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^NSpid:.*\t1$/m);
    return { ...served, signal: (name: NodeJS.Signals) => process.kill(pid, name) };
  }

  test.each(['SIGTERM', 'SIGINT'] as const)('the program ends with 0 at a %s', async (name) => {
    const { program, url, signal } = await first();
    expect((await scrapeOf(`${url}/metrics`)).status).toBe(200);
    const signalledAt = performance.now();
    signal(name);
    expect(await program.ended).toMatchObject({ code: 0 });
    expect(performance.now() - signalledAt).toBeLessThan(5_000);
  });

  test('the program reads its configuration again at a SIGHUP', async () => {
    const { program, signal } = await first();
    signal('SIGHUP');
    await vi.waitFor(() => expect(program.stderr()).toContain('configuration reloaded'), 5_000);
  });
});
