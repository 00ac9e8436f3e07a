import { readFile } from 'node:fs/promises';
import { readCaFile } from '../config/ca-file.ts';
import type { Account, Config } from '../config/config.ts';
import { contentDigest } from '../config/hash.ts';
import { loadConfig } from '../config/load.ts';
import { formatProblems, type Problem } from '../config/problem.ts';
import { readProxy } from '../config/proxy.ts';
import { readSecret } from '../config/secret.ts';
import type { WebConfig } from '../exporter/web-access.ts';
import { withFlags } from './overrides.ts';
import { CommandError, type FlagValues } from './usage.ts';

/** The configuration of a command that talks to Atlas. @throws CommandError 2 like `configuration` */
export async function configurationToConnect(values: FlagValues): Promise<Config> {
  refuseUnverified();
  return configuration(values);
}

/** The same for a command that reads it again later. */
export async function configurationToReload(values: FlagValues): Promise<ReadConfiguration> {
  refuseUnverified();
  const read = await readConfiguration(values);
  warn(read);
  return read;
}

function refuseUnverified(): void {
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') throw new CommandError(untrusted, 2);
}

const untrusted =
  'NODE_TLS_REJECT_UNAUTHORIZED=0 is set, and would trust anyone who claims to be Atlas: unset it, and name the file of your own certificate authority in ca_file instead';

/** The configuration with the flags on top. @throws CommandError 2 with every problem, one a line */
export async function configuration(values: FlagValues): Promise<Config> {
  const read = await readConfiguration(values);
  warn(read);
  return read.config;
}

function warn({ warnings }: ReadConfiguration): void {
  if (warnings.length > 0) process.stderr.write(`${formatProblems(warnings)}\n`);
}

export type ReadConfiguration = {
  readonly config: Config;
  readonly warnings: readonly Problem[];
  /** The file it is from, and what tells its content from any other. Undefined: the environment. */
  readonly from: { readonly file: string; readonly digest: string } | undefined;
};

/** Says nothing by itself. @throws CommandError 2 with every problem, one a line */
export async function readConfiguration(values: FlagValues): Promise<ReadConfiguration> {
  const path = values['config.file'];
  let from: ReadConfiguration['from'];
  const loaded = await loadConfig({
    path: typeof path === 'string' ? path : undefined,
    env: process.env,
    readFile: async (file) => {
      const bytes = await readFile(file);
      from = { file, digest: contentDigest(bytes) };
      return bytes;
    },
  });
  if (loaded.kind === 'invalid') throw new CommandError(formatProblems(loaded.problems), 2);
  const failures = new Set(await unusable(loaded.config));
  if (failures.size > 0) throw new CommandError([...failures].join('\n'), 2);
  return { config: withFlags(loaded.config, values), warnings: loaded.warnings, from };
}

/** What `--web.config.file` names; undefined without it. @throws CommandError 2 */
export async function webConfiguration(values: FlagValues): Promise<WebConfig | undefined> {
  const path = values['web.config.file'];
  if (typeof path !== 'string') return undefined;
  const { loadWebConfig } = await import('../exporter/web-access.ts');
  const loaded = await loadWebConfig(path);
  if (loaded.kind === 'invalid') throw new CommandError(formatProblems(loaded.problems), 2);
  return loaded.web;
}

/** Both of them, or what is wrong with either. @throws CommandError 2 */
export async function bothConfigurations<T>(
  values: FlagValues,
  read: (values: FlagValues) => Promise<T>,
): Promise<readonly [T, WebConfig | undefined]> {
  const [main, web] = await Promise.allSettled([read(values), webConfiguration(values)]);
  if (main.status === 'fulfilled' && web.status === 'fulfilled') return [main.value, web.value];
  const faults = [main, web].flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const unforeseen: unknown = faults.find((fault) => !(fault instanceof CommandError));
  if (unforeseen !== undefined) throw unforeseen;
  throw new CommandError(faults.map(({ message }: Error) => message).join('\n'), 2);
}

/** What is kept in files is read when it is needed, but a wrong path is better known now. */
async function unusable({ accounts }: Config): Promise<readonly string[]> {
  const read = await Promise.allSettled(accounts.flatMap(readEverything));
  return read.flatMap((one) => (one.status === 'rejected' ? String(one.reason.message) : []));
}

function readEverything({ auth, proxy, caFile }: Account): readonly Promise<unknown>[] {
  const secrets =
    auth.kind === 'api_key'
      ? [auth.publicKey, auth.privateKey]
      : [auth.clientId, auth.clientSecret];
  return [
    ...secrets.map((secret) => readSecret(secret)),
    ...(proxy === undefined ? [] : [readProxy(proxy)]),
    ...(caFile === undefined ? [] : [readCaFile(caFile)]),
  ];
}
