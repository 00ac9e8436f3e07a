import { dirname } from 'node:path';
import { type Config, configOf } from './config.ts';
import { decode } from './decode.ts';
import { fromEnvironment } from './environment.ts';
import { inOrder, type Problem } from './problem.ts';
import { errorCode, type ReadFile } from './secret.ts';
import type { Environment } from './substitute.ts';
import { keysOf } from './text.ts';

export type Loaded =
  | { readonly kind: 'ok'; readonly config: Config; readonly warnings: readonly Problem[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const defaultPath = 'config.yaml';

/**
 * Reads the configuration, or finds every problem of it. Never throws.
 *
 * The file at `path` is all that counts if it is named or `config.yaml` exists; variables of the
 * environment then count only where the file says `${VAR}`. Without either, the variables that
 * MongoDB's own tools use are the whole configuration. Those of proxies count in any case.
 */
export async function loadConfig(from: {
  readonly path?: string | undefined;
  readonly env: Environment;
  readonly readFile: ReadFile;
}): Promise<Loaded> {
  const file = from.path ?? defaultPath;
  const read = await from.readFile(file).catch((error: unknown) => errorCode(error));
  if (typeof read !== 'string') return loadText(read, file, from.env);
  if (from.path === undefined && read === 'ENOENT') return loadEnvironment(from.env);
  return invalid([
    { file, line: undefined, column: undefined, key: '', message: unreadable(read) },
  ]);
}

function loadText(bytes: Uint8Array, file: string, env: Environment): Loaded {
  const read = keysOf(bytes, file, env);
  if (read.kind === 'invalid') return read;
  return { kind: 'ok', config: configOf(read.keys, dirname(file), env), warnings: read.warnings };
}

function loadEnvironment(env: Environment): Loaded {
  const read = fromEnvironment(env);
  if (read.kind === 'invalid') return read;
  const decoded = decode(read.input);
  if (decoded.kind === 'ok') {
    return { kind: 'ok', config: configOf(decoded.keys, '.', env), warnings: [] };
  }
  return invalid(
    decoded.objections.map(({ path, message }) => ({
      file: 'environment',
      line: undefined,
      column: undefined,
      key: read.variableAt(path),
      message,
    })),
  );
}

function invalid(problems: readonly Problem[]): Loaded {
  return { kind: 'invalid', problems: inOrder(problems) };
}

function unreadable(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'is a folder, not a file';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user';
    default:
      return `cannot be read (${code})`;
  }
}
