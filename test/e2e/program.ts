import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject, onTestFinished } from 'vitest';

/** What `npm start` runs, in the place of the bundle. */
export const sources = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** The program as a process of its own. */
export type Program = {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The first group of the pattern, once standard output has it. Rejects if it ends without it. */
  readonly printed: (pattern: RegExp) => Promise<string>;
  /** Closes our end of its standard error, as `head` does. */
  readonly closeStderr: () => void;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
  /** Ends it at once if it still runs. */
  readonly stop: () => Promise<void>;
};

export type Surroundings = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What to run in the place of the bundle. */
  readonly main?: string;
  /** A command, with its arguments, that runs the program in surroundings of its own. */
  readonly within?: readonly string[];
};

/** Starts it with nothing of this process's environment, and in a folder without config.yaml. */
export function startProgram(args: readonly string[], surroundings: Surroundings = {}): Program {
  const { cwd, env = {}, main = inject('program'), within = [] } = surroundings;
  const [command, ...rest] = [...within, process.execPath, main, ...args];
  const child = spawn(command ?? '', rest, {
    cwd: cwd ?? tmpdir(),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(stdout)?.[1];
          if (found !== undefined) resolve(found);
        };
        listeners.add(look);
        look();
        ended.then((end) => reject(new Error(`it ended first: ${JSON.stringify(end)}`)), reject);
      }),
    closeStderr: () => child.stderr.destroy(),
    kill: (signal) => child.kill(signal),
    ended,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The same, for the length of one test. */
export function startedProgram(args: readonly string[], surroundings: Surroundings = {}): Program {
  const program = startProgram(args, surroundings);
  onTestFinished(program.stop);
  return program;
}

/** Runs a command to its end. */
export function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return startedProgram(args, surroundings).ended;
}

/** An empty folder for the length of one test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'exporter-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
