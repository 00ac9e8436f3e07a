import type { Path, Problem } from './problem.ts';
import type { Environment } from './substitute.ts';

/** The same shape that a file would have, and the variable behind each of its keys. */
type FromEnvironment =
  | {
      readonly kind: 'input';
      readonly input: unknown;
      readonly variableAt: (path: Path) => string;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const baseUrl = 'MONGODB_ATLAS_BASE_URL';
const pairs = {
  service_account: {
    client_id: 'MONGODB_ATLAS_CLIENT_ID',
    client_secret: 'MONGODB_ATLAS_CLIENT_SECRET',
  },
  api_key: {
    public_key: 'MONGODB_ATLAS_PUBLIC_API_KEY',
    private_key: 'MONGODB_ATLAS_PRIVATE_API_KEY',
  },
} as const;

const bothWays =
  'there is no config.yaml and there are no credentials in the environment: copy ' +
  'config.example.yaml to config.yaml, or set MONGODB_ATLAS_CLIENT_ID and ' +
  'MONGODB_ATLAS_CLIENT_SECRET (service account) or MONGODB_ATLAS_PUBLIC_API_KEY and ' +
  'MONGODB_ATLAS_PRIVATE_API_KEY (API key)';

/** The variables that MongoDB's own tools use, as a configuration. An empty one counts as not set. */
export function fromEnvironment(env: Environment): FromEnvironment {
  const isSet = (variable: string) => (env[variable] ?? '') !== '';
  const given = Object.entries(pairs).map(([kind, variables]) => ({
    kind,
    keys: Object.entries(variables),
    missing: Object.values(variables).filter((variable) => !isSet(variable)),
  }));
  const used = given.filter(({ keys, missing }) => missing.length < keys.length);
  if (used.length === 0) return invalid([problem('', bothWays)]);
  if (used.length > 1) {
    const all = used.flatMap(({ keys }) => keys.map(([, variable]) => variable).filter(isSet));
    return invalid([
      problem('', `set a service account or an API key, not both; set are ${all.join(', ')}`),
    ]);
  }
  const halves = used.flatMap(({ missing }) => missing);
  if (halves.length > 0) {
    return invalid(
      halves.map((variable) => problem(variable, 'is not set, but its other half is')),
    );
  }
  const auth = Object.fromEntries(
    used.map(({ kind, keys }) => [
      kind,
      Object.fromEntries(keys.map(([key, variable]) => [key, env[variable]])),
    ]),
  );
  const account = { auth, ...(isSet(baseUrl) ? { base_url: env[baseUrl] } : {}) };
  return { kind: 'input', input: { accounts: [account] }, variableAt };
}

/** The path is one of those made above: `accounts[0].auth.api_key.public_key` or `….base_url`. */
function variableAt(path: Path): string {
  const last = path.at(-1);
  const variables: Readonly<Record<string, string>> = {
    base_url: baseUrl,
    ...pairs.service_account,
    ...pairs.api_key,
  };
  return (typeof last === 'string' ? variables[last] : undefined) ?? '';
}

function problem(variable: string, message: string): Problem {
  return { file: 'environment', line: undefined, column: undefined, key: variable, message };
}

function invalid(problems: readonly Problem[]): FromEnvironment {
  return { kind: 'invalid', problems };
}
