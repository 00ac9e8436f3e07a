import childProcess, { type ChildProcess } from 'node:child_process';
import { ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { Readable } from 'node:stream';
import { remember } from './canaries.ts';
import { watch } from './watch.ts';

// Once in a process, before its first file of tests: whatever any of them puts out passes by here.

/** Sees what a stream reads without reading it: some tests must not read, or not yet. */
function tap(stream: Readable | null, see: (text: string) => void): void {
  if (stream === null) return;
  const push = stream.push.bind(stream);
  let before = '';
  stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk !== null && chunk !== undefined) {
      // A secret may come in two pieces.
      const text = before.slice(-200) + String(chunk);
      see(text);
      before = text;
    }
    return push(chunk, encoding);
  };
}

/** The command of ours among the arguments: `serve` when there is none. */
function commandIn(args: readonly string[]): string {
  const at = args.findIndex((one) => /\/(src\/main\.ts|dist\/main\.js)$/.test(one));
  return args[at + 1]?.startsWith('-') === false ? (args[at + 1] ?? '') : 'serve';
}

const { spawn } = childProcess;
const spying = (command: string, ...rest: readonly unknown[]): ChildProcess => {
  const child = Reflect.apply(spawn, childProcess, [command, ...rest]) as ChildProcess;
  const args = Array.isArray(rest[0]) ? rest[0].map(String) : [];
  // Also behind a command that runs it, such as `unshare`.
  if (![command, ...args].includes(process.execPath)) return child;
  const name = commandIn(args);
  watch('the list of processes', args.join(' '));
  tap(child.stdout, (text) => watch(`standard output of ${name}`, text, name));
  tap(child.stderr, (text) => watch(`standard error of ${name}`, text, name));
  return child;
};
Object.assign(childProcess, { spawn: spying });
syncBuiltinESMExports();

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function (this: ServerResponse, ...args: readonly unknown[]) {
  const [body] = args;
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    const text = String(body);
    const token = /"access_token": ?"([^"]{8,})"/.exec(text)?.[1];
    // Only the simulated Atlas gives one out; from then on nobody else may say it.
    if (token === undefined) watch('an HTTP answer', text);
    else remember(token);
  }
  return Reflect.apply(end, this, args);
};

for (const name of ['stdout', 'stderr'] as const) {
  const stream = process[name];
  const write = stream.write.bind(stream);
  Object.assign(stream, {
    write: (...args: readonly unknown[]) => {
      watch(`process.${name}`, String(args[0]));
      return Reflect.apply(write, stream, args);
    },
  });
}
