import { dirname } from 'node:path';
import { type Config, configOf } from './config.ts';
import { decoderOf } from './decode.ts';
import { fromEnvironment } from './environment.ts';
import { type Checked, invalid, type Problem, unreadable } from './problem.ts';
import { schema } from './schema.ts';
import { errorCode, type ReadFile } from './secret.ts';
import type { Environment } from './substitute.ts';

export type Loaded = Checked<{
  readonly config: Config;
  readonly warnings: readonly Problem[];
}>;

const defaultPath = 'config.yaml';
const decoder = decoderOf(schema);

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
  return invalid([{ file, key: '', message: unreadable(read) }]);
}

async function loadText(bytes: Uint8Array, file: string, env: Environment): Promise<Loaded> {
  // With the parser of YAML, which the environment does without.
  const { keysOf } = await import('./text.ts');
  const read = keysOf(bytes, file, { decoder, env, hint: 'start from config.example.yaml' });
  if (read.kind === 'invalid') return read;
  const unused = ['poll', 'sweep_interval'];
  return {
    kind: 'ok',
    config: configOf(read.keys, { folder: dirname(file), env }),
    warnings:
      read.keys.poll.mode === 'full' && read.states(unused)
        ? [read.problemAt(unused, 'has no effect in poll.mode full')]
        : [],
  };
}

function loadEnvironment(env: Environment): Loaded {
  const read = fromEnvironment(env);
  if (read.kind === 'invalid') return read;
  const decoded = decoder.decode(read.input);
  if (decoded.kind === 'ok') {
    return { kind: 'ok', config: configOf(decoded.keys, { folder: '.', env }), warnings: [] };
  }
  return invalid(
    decoded.objections.map(({ path, message }) => ({
      file: 'environment',
      key: read.variableAt(path),
      message,
    })),
  );
}
