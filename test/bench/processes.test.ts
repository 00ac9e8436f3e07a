import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';

const bench = join(import.meta.dirname, '../../bench');
const imports = `import { start } from ${JSON.stringify(join(bench, 'processes.ts'))};`;
const probe = JSON.stringify(join(bench, 'probe.mjs'));

/** A process of its own, since it takes signals. */
function runScript(text: string) {
  const args = ['--input-type=module', '--eval', `${imports}\n${text}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    output += more;
  });
  return { child, output: () => output, ended: once(child, 'close') };
}

/** Stopped by a signal, with a child that would go on for ever. */
const forEver = `
  const it = start({ file: process.execPath, args: ['--eval', 'setInterval(() => {}, 1000)'] });
  console.log(it.pid);
`;

/** One that has ended stays there until its new parent asks for it, which may take a second. */
function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
}

describe('a process that a run has started', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with it, by %s', async (signal) => {
    const { child, output, ended } = runScript(forEver);
    const pid = await vi.waitFor(() => {
      expect(output()).toMatch(/^\d+\n/);
      return Number(output());
    }, 10_000);
    child.kill(signal);
    await ended;
    await vi.waitFor(() => expect(runs(pid)).toBe(false), 10_000);
  });

  test('ends with it, by a failure', async () => {
    const { output, ended } = runScript(`${forEver} setTimeout(() => process.exit(1), 100);`);
    await ended;
    const pid = Number(output());
    expect(pid).toBeGreaterThan(0);
    await vi.waitFor(() => expect(runs(pid)).toBe(false), 10_000);
  });

  test('that ends too early says so, with what it said', async () => {
    const { output, ended } = runScript(`
      const it = start({ file: process.execPath, args: ['--eval', 'console.log("no"); process.exit(3)'] });
      await it.printed(/yes/).catch((error) => console.log(error.message));
    `);
    await ended;
    expect(output()).toMatch(/ended with 3: no/);
  });
});

describe('a program with the probe', () => {
  /** Asks `program`, and prints what `asking` returns. */
  const printed = async (program: string, asking: string) => {
    const { output, ended } = runScript(`
      const args = ['--import', ${probe}, '--eval', ${JSON.stringify(program)}];
      const it = start({ file: process.execPath, args, asked: true });
      console.log(JSON.stringify(await (${asking})()));
      process.exit();
    `);
    await ended;
    return JSON.parse(output());
  };
  const busy = `setInterval(() => undefined, 1000);
    process.once('SIGWINCH', () => {
      const until = process.threadCpuUsage().user + 60_000;
      while (process.threadCpuUsage().user < until);
      setTimeout(() => console.log('done'), 20);
    });
    console.log('ready');`;

  test('tells its longest block and its CPU', async () => {
    const [blockMs, cpuMs] = await printed(
      busy,
      `async () => {
        await it.printed(/ready/);
        await it.ask({ ask: 'watch blocks' });
        process.kill(it.pid, 'SIGWINCH');
        await it.printed(/done/);
        return [...await it.ask({ ask: 'longest block' }), ...await it.ask({ ask: 'cpu' })];
      }`,
    );
    expect(blockMs).toBeGreaterThanOrEqual(60);
    expect(cpuMs).toBeGreaterThan(blockMs);
  });

  test('has its clocks moved', async () => {
    const program = `setInterval(() => console.log(Date.now(), performance.now()), 50)`;
    const [date, monotonic] = await printed(
      program,
      `async () => {
        await it.ask({ ask: 'later', ms: 3_600_000 });
        it.forget();
        return (await it.printed(/.*\\n/)).split(' ').map(Number);
      }`,
    );
    expect(date).toBeGreaterThan(Date.now() + 3_500_000);
    expect(monotonic).toBeGreaterThan(3_600_000);
  });

  test('can end, though it could be asked', async () => {
    expect(await printed(`console.log('over')`, `() => it.output()`)).toBe('over\n');
  });
});
