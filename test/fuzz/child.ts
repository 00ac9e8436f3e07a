import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A process of its own that answers one question a line. It is started again when it has ended. */
export type Child = {
  /** Rejects when no answer comes in time, or the process ends, with what it said at last. */
  readonly ask: (question: unknown, withinMs: number) => Promise<unknown>;
};

type Options = {
  /** The body of `async (question, ...modules) => answer`. */
  readonly answer: string;
  /** Relative to the root of the repository. */
  readonly modules: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
};

const root = new URL('../../', import.meta.url);

/** For the length of one test. */
export function child({ answer, modules, env = {}, nodeArguments = [] }: Options): Child {
  const urls = modules.map((path) => new URL(path, root).href);
  const script = `
    import { createInterface } from 'node:readline';
    const modules = await Promise.all(${JSON.stringify(urls)}.map((url) => import(url)));
    const answer = async (question, modules) => { ${answer} };
    for await (const line of createInterface({ input: process.stdin })) {
      const value = await answer(JSON.parse(line), modules);
      process.stdout.write(JSON.stringify(value ?? null) + '\\n');
    }`;
  const start = () => {
    const args = [...nodeArguments, '--no-warnings', '--input-type=module', '--eval', script];
    const process_ = spawn(process.execPath, args, { env, cwd: fileURLToPath(root) });
    // Written to after it has ended: that it has ended is what counts.
    process_.stdin.on('error', () => undefined);
    return { process_, lines: createInterface({ input: process_.stdout }) };
  };
  let running: ReturnType<typeof start> | undefined;
  const end = () => {
    running?.process_.kill('SIGKILL');
    running = undefined;
  };
  onTestFinished(end);
  const ask: Child['ask'] = async (question, withinMs) => {
    running ??= start();
    const { process_, lines } = running;
    try {
      return await answered(process_, lines, question, withinMs);
    } catch (error) {
      end();
      throw error;
    }
  };
  return { ask };
}

function answered(
  process_: ChildProcessWithoutNullStreams,
  lines: ReturnType<typeof createInterface>,
  question: unknown,
  withinMs: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    const complain = (chunk: Buffer) => {
      complaint += chunk;
    };
    const settle = (how: () => void) => {
      clearTimeout(patience);
      process_.stderr.off('data', complain);
      process_.off('close', gone);
      lines.off('line', hear);
      how();
    };
    const gone = (code: number | null) =>
      settle(() => reject(new Error(`it ended with ${code}: ${complaint.slice(-2_000)}`)));
    const hear = (line: string) => settle(() => resolve(JSON.parse(line)));
    const patience = setTimeout(
      () => settle(() => reject(new Error(`no answer within ${withinMs} ms`))),
      withinMs,
    );
    process_.stderr.on('data', complain);
    process_.once('close', gone);
    lines.once('line', hear);
    process_.stdin.write(`${JSON.stringify(question)}\n`);
  });
}
