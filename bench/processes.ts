import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { within } from './limit.ts';

/** A process of a run. All of them end with it, whatever ends it. */
export type Running = {
  readonly pid: number;
  /** The first group of the pattern, once its output has it. Rejects if it ends or takes minutes without it. */
  readonly printed: (pattern: RegExp) => Promise<string>;
  readonly write: (text: string) => void;
  /** Ends its standard input. */
  readonly finish: () => void;
  /** Resolves with all of its output once it has ended by itself. Rejects if it fails or takes a minute. */
  readonly output: () => Promise<string>;
  /** Forgets its output so far. */
  readonly forget: () => void;
  /** Asks a program that has the probe, or a peer, over its channel. */
  readonly ask: (question: object) => Promise<readonly number[]>;
  readonly askTexts: (question: object) => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
};

const running = new Set<ChildProcess>();

// In this order, so that Ctrl-C and a failure end all of them, too.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
  process.on(signal, () => process.exit(code));
}
process.on('SIGHUP', () => process.exit(129));

const [maxStartSeconds, maxAnswerSeconds, maxEndSeconds] = [300, 120, 60];

const answers = z.object({ id: z.number(), answer: z.unknown() });
const numbers = z.array(z.number());
const texts = z.array(z.string());

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** With a channel to ask over. */
  readonly asked?: boolean;
};

/** Starts it with no more of the environment than it needs. */
export function start({ file, args, env = {}, asked = false }: Command): Running {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(file, args, {
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...env },
    // A program without a channel ends when its standard input does.
    stdio: ['pipe', 'pipe', 'pipe', ...(asked ? (['ipc'] as const) : [])],
  });
  running.add(child);
  const ended = once(child, 'close').finally(() => running.delete(child));
  ended.catch(() => undefined);
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  child.stdin?.on('error', () => undefined);
  const failed = async () => {
    const [code] = await ended;
    throw new Error(`${file} ${args.join(' ')} ended with ${code}: ${output.slice(-2_000)}`);
  };
  const printed = (pattern: RegExp) => {
    const appeared = new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output);
        if (found === null) return;
        listeners.delete(look);
        resolve(found[1] ?? found[0]);
      };
      listeners.add(look);
      look();
      failed().catch(reject);
    });
    return within(maxStartSeconds, `${file} to say ${pattern}`, appeared);
  };

  const ask = asker(child, file, failed);
  return {
    pid: child.pid ?? 0,
    printed,
    forget: () => {
      output = '';
    },
    write: (text) => void child.stdin?.write(text),
    finish: () => void child.stdin?.end(),
    output: async () => {
      const [code] = await within(maxEndSeconds, `${file} to end by itself`, ended);
      if (code !== 0) await failed();
      return output;
    },
    ask: async (question) => numbers.parse(await ask(question)),
    askTexts: async (question) => texts.parse(await ask(question)),
    stop: async () => {
      child.kill('SIGKILL');
      await within(maxEndSeconds, `${file} to be ended`, ended);
    },
  };
}

/** Asks over the channel, and finds the answer to each question by its number. */
function asker(child: ChildProcess, file: string, failed: () => Promise<never>) {
  let asked = 0;
  const waiting = new Map<number, (answer: unknown) => void>();
  child.on('message', (message) => {
    const { id, answer } = answers.parse(message);
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  return async (question: object): Promise<unknown> => {
    asked += 1;
    const id = asked;
    const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    child.send({ ...question, id });
    const what = `${file} to answer ${JSON.stringify(question)}`;
    return within(maxAnswerSeconds, what, Promise.race([answered, failed()]));
  };
}

/** The most memory that a process had resident, in MiB. */
export function peakMiB({ pid }: Running): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

const msATick = 10;

/** CPU milliseconds of a process so far, user and system, to a tick of 10. */
export function cpuMs({ pid }: Running): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name of the program, which may hold spaces: the 14th and 15th field of all.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * msATick;
}
