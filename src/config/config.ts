import { isAbsolute, join } from 'node:path';
import type { AccountKeys } from './account-schema.ts';
import type { CaFile } from './ca-file.ts';
import { proxyFromEnvironment } from './proxy.ts';
import type { Keys } from './schema.ts';
import { Secret } from './secret.ts';
import type { Filter } from './selection.ts';
import type { Environment } from './substitute.ts';

export type Auth =
  | { readonly kind: 'service_account'; readonly clientId: Secret; readonly clientSecret: Secret }
  | { readonly kind: 'api_key'; readonly publicKey: Secret; readonly privateKey: Secret };

export type Account = {
  readonly name: string;
  /** An origin: no path, no slash at the end. */
  readonly baseUrl: string;
  /** The URL of the proxy, as `readProxy` takes it. Undefined: connections go directly. */
  readonly proxy: Secret | undefined;
  readonly caFile: CaFile | undefined;
  readonly api: 'v2' | 'v1.0';
  readonly auth: Auth;
  readonly projects: Filter;
  readonly clusters: Filter;
  readonly legacy: 'auto' | 'always' | 'never';
};

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** What the process runs with: complete, checked, deeply frozen. */
export type Config = DeepReadonly<Omit<Keys, 'accounts'>> & {
  readonly accounts: readonly Account[];
};

/** What relative paths start from, and the variables, of which only those of proxies count. */
type LoadContext = { readonly folder: string; readonly env: Environment };

export function configOf({ accounts, state, ...sections }: Keys, context: LoadContext): Config {
  const { path } = state;
  return frozen({
    accounts: accounts.map((account, index) => accountOf(account, `accounts[${index}]`, context)),
    ...sections,
    state: { path: path === '' ? '' : pathFrom(context.folder, path) },
  });
}

function accountOf(keys: AccountKeys, at: string, context: LoadContext): Account {
  const { name = 'default', base_url: baseUrl, ca_file: caFile } = keys;
  const { api, auth, projects, clusters, legacy } = keys;
  return {
    name,
    baseUrl,
    proxy: proxyOf(keys, at, context),
    caFile:
      caFile === undefined
        ? undefined
        : { key: `${at}.ca_file`, path: pathFrom(context.folder, caFile) },
    api,
    auth: authOf(auth, `${at}.auth`, context.folder),
    projects,
    clusters,
    legacy,
  };
}

/** What the account says wins over the environment. */
function proxyOf(keys: AccountKeys, at: string, { folder, env }: LoadContext): Secret | undefined {
  const { proxy_url: url, proxy_url_file: file, base_url: target } = keys;
  if (url === '') return undefined;
  if (url === undefined && file === undefined) return proxyFromEnvironment(env, target);
  return secretIn(keys, 'proxy_url', { at, folder, colonAllowed: true });
}

function authOf(
  { service_account: account, api_key: pair = {} }: AccountKeys['auth'],
  at: string,
  folder: string,
): Auth {
  if (account !== undefined) {
    const from = { at: `${at}.service_account`, folder };
    return {
      kind: 'service_account',
      clientId: secretIn(account, 'client_id', { ...from, colonAllowed: false }),
      clientSecret: secretIn(account, 'client_secret', { ...from, colonAllowed: true }),
    };
  }
  const from = { at: `${at}.api_key`, folder };
  return {
    kind: 'api_key',
    publicKey: secretIn(pair, 'public_key', { ...from, colonAllowed: false }),
    privateKey: secretIn(pair, 'private_key', { ...from, colonAllowed: true }),
  };
}

/** The secret that a key holds, or the file that its twin names; the schema has seen to one of them. */
function secretIn<Key extends string>(
  keys: { readonly [K in Key | `${Key}_file`]?: string | undefined },
  key: Key,
  { at, folder, colonAllowed }: { at: string; folder: string; colonAllowed: boolean },
): Secret {
  const [value, file = ''] = [keys[key], keys[`${key}_file`]];
  return value === undefined
    ? new Secret(
        { kind: 'file', path: pathFrom(folder, file) },
        { key: `${at}.${key}_file`, colonAllowed },
      )
    : new Secret({ kind: 'value', value }, { key: `${at}.${key}`, colonAllowed });
}

export function pathFrom(folder: string, file: string): string {
  return isAbsolute(file) ? file : join(folder, file);
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
