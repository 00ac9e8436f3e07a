import { isAbsolute, join } from 'node:path';
import type { CaFile } from './ca-file.ts';
import type { ListenAddress } from './listen-address.ts';
import { proxyFromEnvironment } from './proxy.ts';
import { leastIntervalsToStale, sweepSeconds } from './rules.ts';
import type { Keys } from './schema.ts';
import { type Secret, secretFrom } from './secret.ts';
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

/** What the process runs with: complete, checked, deeply frozen. */
export type Config = {
  readonly accounts: readonly Account[];
  readonly poll: {
    readonly mode: 'full' | 'adaptive';
    readonly intervalSeconds: number;
    readonly discoveryIntervalSeconds: number;
    readonly background: boolean;
    readonly concurrency: number;
    readonly requestTimeoutSeconds: number;
    readonly maxStalenessSeconds: number;
    readonly sweepIntervalSeconds: number;
  };
  readonly collectors: {
    readonly schedule: boolean;
    readonly copies: boolean;
    readonly restores: boolean;
    readonly exports: boolean;
    readonly compliance: boolean;
    readonly atlasAlerts: boolean;
    readonly credentials: boolean;
  };
  readonly objectives: {
    readonly graceSeconds: number;
    /** Key of the tag that holds a cluster's objective. Empty: none does. */
    readonly tag: string;
    /** Globs as `matchesCluster` reads them; the first match counts. `none`: no backup is needed. */
    readonly overrides: readonly {
      readonly match: string;
      readonly rpoSeconds: number | 'none';
    }[];
  };
  readonly metrics: {
    readonly relative: boolean;
    readonly runtime: boolean;
    readonly policyDetails: boolean;
    readonly tags: readonly string[];
  };
  readonly limits: { readonly maxClusters: number; readonly maxSeries: number };
  readonly web: {
    readonly listenAddress: ListenAddress;
    readonly telemetryPath: string;
    /** No slash at the end. Empty: not known. */
    readonly externalUrl: string;
  };
  readonly log: {
    readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
    readonly format: 'json' | 'logfmt';
  };
};

const defaultDiscoverySeconds = 15 * 60;
const defaultStalenessSeconds = 60 * 60;

/** `folder`: what relative paths start from. Of `env` only the variables of proxies count. */
export function configOf(keys: Keys, folder: string, env: Environment): Config {
  const { poll, collectors, objectives, metrics, limits, web } = keys;
  const sweep = sweepSeconds(poll.interval, poll.sweep_interval);
  return frozen({
    accounts: keys.accounts.map((account, index) =>
      accountOf(account, `accounts[${index}]`, { folder, env }),
    ),
    poll: {
      mode: poll.mode,
      intervalSeconds: poll.interval,
      discoveryIntervalSeconds:
        poll.discovery_interval ?? Math.max(defaultDiscoverySeconds, poll.interval),
      background: poll.background,
      concurrency: poll.concurrency,
      requestTimeoutSeconds: poll.request_timeout,
      maxStalenessSeconds:
        poll.max_staleness ??
        Math.max(
          defaultStalenessSeconds,
          poll.interval * leastIntervalsToStale + (poll.mode === 'adaptive' ? sweep : 0),
        ),
      sweepIntervalSeconds: sweep,
    },
    collectors: {
      schedule: collectors.schedule,
      copies: collectors.copies,
      restores: collectors.restores,
      exports: collectors.exports,
      compliance: collectors.compliance,
      atlasAlerts: collectors.atlas_alerts,
      credentials: collectors.credentials,
    },
    objectives: {
      graceSeconds: objectives.grace,
      tag: objectives.tag,
      overrides: objectives.overrides.map(({ match, rpo }) => ({ match, rpoSeconds: rpo })),
    },
    metrics: {
      relative: metrics.relative,
      runtime: metrics.runtime,
      policyDetails: metrics.policy_details,
      tags: metrics.tags,
    },
    limits: { maxClusters: limits.max_clusters, maxSeries: limits.max_series },
    web: {
      listenAddress: web.listen_address,
      telemetryPath: web.telemetry_path,
      externalUrl: web.external_url,
    },
    log: keys.log,
  });
}

type Surroundings = { readonly folder: string; readonly env: Environment };

function accountOf(
  account: Keys['accounts'][number],
  key: string,
  { folder, env }: Surroundings,
): Account {
  const { ca_file: caFile } = account;
  return {
    name: account.name ?? 'default',
    baseUrl: account.base_url,
    proxy: proxyOf(account, key, { folder, env }),
    caFile:
      caFile === undefined ? undefined : { key: `${key}.ca_file`, path: pathFrom(folder, caFile) },
    api: account.api,
    auth: authOf(account.auth, `${key}.auth`, folder),
    projects: account.projects,
    clusters: account.clusters,
    legacy: account.legacy,
  };
}

/** What the account says wins over the environment. */
function proxyOf(
  { proxy_url: url, proxy_url_file: file, base_url: target }: Keys['accounts'][number],
  key: string,
  { folder, env }: Surroundings,
): Secret | undefined {
  if (url === '') return undefined;
  if (url !== undefined) {
    const source = { kind: 'value', value: url } as const;
    return secretFrom(source, { key: `${key}.proxy_url`, colonAllowed: true });
  }
  if (file === undefined) return proxyFromEnvironment(env, target);
  const source = { kind: 'file', path: pathFrom(folder, file) } as const;
  return secretFrom(source, { key: `${key}.proxy_url_file`, colonAllowed: true });
}

function pathFrom(folder: string, file: string): string {
  return isAbsolute(file) ? file : join(folder, file);
}

function authOf(auth: Keys['accounts'][number]['auth'], key: string, folder: string): Auth {
  const secretOf = (
    name: string,
    given: { value: string | undefined; file: string | undefined; colonAllowed: boolean },
  ): Secret => {
    const { value, file, colonAllowed } = given;
    if (value !== undefined) {
      return secretFrom({ kind: 'value', value }, { key: `${key}.${name}`, colonAllowed });
    }
    const path = pathFrom(folder, file ?? '');
    return secretFrom({ kind: 'file', path }, { key: `${key}.${name}_file`, colonAllowed });
  };
  const { service_account: account, api_key: pair } = auth;
  if (account !== undefined) {
    return {
      kind: 'service_account',
      clientId: secretOf('service_account.client_id', {
        value: account.client_id,
        file: account.client_id_file,
        colonAllowed: false,
      }),
      clientSecret: secretOf('service_account.client_secret', {
        value: account.client_secret,
        file: account.client_secret_file,
        colonAllowed: true,
      }),
    };
  }
  return {
    kind: 'api_key',
    publicKey: secretOf('api_key.public_key', {
      value: pair?.public_key,
      file: pair?.public_key_file,
      colonAllowed: false,
    }),
    privateKey: secretOf('api_key.private_key', {
      value: pair?.private_key,
      file: pair?.private_key_file,
      colonAllowed: true,
    }),
  };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
