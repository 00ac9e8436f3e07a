import { type Checked, invalid, type Path, type Problem } from './problem.ts';
import type { Environment } from './substitute.ts';

/** The same shape that a file would have, and the variable behind each of its keys. */
type FromEnvironment = Checked<{
  readonly input: unknown;
  readonly variableAt: (path: Path) => string;
}>;

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
  const used = Object.entries(pairs).filter(([, pair]) => Object.values(pair).some(isSet));
  const [first, second] = used;
  if (first === undefined) return invalid([problem('', bothWays)]);
  if (second !== undefined) {
    const all = used.flatMap(([, pair]) => Object.values(pair).filter(isSet));
    const message = `set a service account or an API key, not both; set are ${all.join(', ')}`;
    return invalid([problem('', message)]);
  }
  const [kind, pair] = first;
  const missing = Object.values(pair).find((variable) => !isSet(variable));
  if (missing !== undefined) {
    return invalid([problem(missing, 'is not set, but its other half is')]);
  }
  const credentials = Object.entries(pair).map(([key, variable]) => [key, env[variable]]);
  const auth = { [kind]: Object.fromEntries(credentials) };
  const account = isSet(baseUrl) ? { auth, base_url: env[baseUrl] } : { auth };
  return { kind: 'ok', input: { accounts: [account] }, variableAt };
}

/** The path is one of those made above: `accounts[0].auth.api_key.public_key` or `….base_url`. */
function variableAt(path: Path): string {
  const variables = { base_url: baseUrl, ...pairs.service_account, ...pairs.api_key };
  return new Map<unknown, string>(Object.entries(variables)).get(path.at(-1)) ?? '';
}

function problem(variable: string, message: string): Problem {
  return { file: 'environment', key: variable, message };
}
