import type { Config } from '../../src/config/config.ts';
import { type Loaded, loadConfig } from '../../src/config/load.ts';
import { formatProblems } from '../../src/config/problem.ts';
import type { Environment } from '../../src/config/substitute.ts';

/** In every place where a secret could stand; no message may have any piece of it. */
export const canary = 'canary-secret-7f3a';
export const canaryPieces: readonly string[] = ['canary', '7f3a'];

/** Loads a text as if it were the file `config.yaml`. */
export function load(text: string | Uint8Array, env: Environment = {}): Promise<Loaded> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return loadConfig({ path: 'config.yaml', env, readFile: async () => bytes });
}

export function problemsOf(loaded: Loaded): string {
  return loaded.kind === 'ok' ? '' : formatProblems(loaded.problems);
}

export function configOrThrow(loaded: Loaded): Config {
  if (loaded.kind === 'ok') return loaded.config;
  throw new Error(formatProblems(loaded.problems));
}

/** A sound account, to which a test adds what it is about. */
export const account = `accounts:
  - auth:
      api_key:
        public_key: abcdwxyz
        private_key: ${canary}
`;
