import type { OpenAccount } from '../accounts.ts';
import type { Patience } from '../atlas/client.ts';
import { endpoints } from '../atlas/endpoints.ts';
import { AtlasError } from '../atlas/failure.ts';
import { familyOf, listFamily, mayHaveLegacy, saysNoBackup } from '../atlas/family.ts';
import type { Config } from '../config/config.ts';
import { type Cluster, canHaveBackups, type Project } from '../domain/cluster.ts';
import { inWords } from './accounts.ts';
import { progress } from './progress.ts';
import { reading } from './reading.ts';
import { table } from './table.ts';

type Limit = { readonly capacity: number; readonly remaining: number };

/** What was found out about one project. */
type ProjectCheck = {
  readonly project: Project;
  readonly clusters: readonly Cluster[];
  /** In words; empty when all of it can be read. */
  readonly troubles: readonly string[];
};

type AccountCheck = {
  readonly account: OpenAccount;
  readonly projects: readonly ProjectCheck[];
  readonly troubles: readonly string[];
};

/** Tries everything a poll needs and prints what was found. Resolves to the exit code. */
export async function checkOnline(config: Config): Promise<number> {
  const limits = new Map<string, Limit>();
  const { show, end } = progress('Trying Atlas');
  const checks = await reading(
    config,
    async ({ accounts, patience }) => {
      const found: AccountCheck[] = [];
      for (const account of accounts) found.push(await checkAccount(account, patience, show));
      return found;
    },
    {
      rateLimit: (endpoint, capacity, remaining) => limits.set(endpoint, { capacity, remaining }),
    },
  ).finally(end);
  for (const one of checks) process.stdout.write(accountText(one));
  process.stdout.write(planText(config, checks, limits));
  return isTroubled(checks) ? 1 : 0;
}

function isTroubled(checks: readonly AccountCheck[]): boolean {
  return checks.some(
    ({ troubles, projects }) =>
      troubles.length > 0 || projects.some((one) => one.troubles.length > 0),
  );
}

async function checkAccount(
  account: OpenAccount,
  patience: Patience,
  show: (done: number, total: number) => void,
): Promise<AccountCheck> {
  const listed = await tried(() => account.client.list(endpoints.projects, {}, patience));
  if (listed.trouble !== undefined) return { account, projects: [], troubles: [listed.trouble] };
  const inScope = listed.value.items.filter(account.selectsProject);
  const names = new Set(listed.value.items.flatMap(({ id, name }) => [id, name]));
  const projects: ProjectCheck[] = [];
  for (const [at, project] of inScope.entries()) {
    show(at, inScope.length);
    projects.push(await checkProject(account, project, patience));
  }
  const unfound = account.namedProjects.filter((named) => !names.has(named));
  return {
    account,
    projects,
    troubles: unfound.map(
      (named) => `project ${named}: Atlas lists no project with this id or name`,
    ),
  };
}

/** Lists the clusters, and reads one of each kind: a role that is missing for one is missing for all. */
async function checkProject(
  account: OpenAccount,
  project: Project,
  patience: Patience,
): Promise<ProjectCheck> {
  const { client, api } = account;
  const groupId = project.id;
  const dedicated = await tried(() => client.list(endpoints.clusters, { groupId }, patience));
  const flex =
    api === 'v2'
      ? await tried(() => client.list(endpoints.flexClusters, { groupId }, patience))
      : { value: { items: [] }, trouble: undefined };
  const clusters = [...(dedicated.value?.items ?? []), ...(flex.value?.items ?? [])].filter(
    ({ name }) => account.selectsCluster(project, name),
  );
  const samples = Map.groupBy(clusters.filter(canHaveBackups), familyOf);
  const reads: (string | undefined)[] = [dedicated.trouble, flex.trouble];
  for (const [family, [cluster]] of samples) {
    if (cluster === undefined) continue;
    reads.push((await tried(() => listFamily(client, family, cluster, patience))).trouble);
    if (family !== 'flex') reads.push(await trySchedule(account, cluster, patience));
  }
  return { project, clusters, troubles: [...new Set(reads.flatMap((trouble) => trouble ?? []))] };
}

async function trySchedule({ client }: OpenAccount, cluster: Cluster, patience: Patience) {
  const at = { groupId: cluster.projectId, clusterName: cluster.name };
  const { trouble } = await tried(async () => {
    await client.one(endpoints.schedule, at, patience).catch((error: unknown) => {
      if (!saysNoBackup(error)) throw error;
    });
  });
  return trouble;
}

type Tried<T> =
  | { readonly value: T; readonly trouble: undefined }
  | { readonly value: undefined; readonly trouble: string };

async function tried<T>(work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await work(), trouble: undefined };
  } catch (error) {
    if (error instanceof AtlasError) return { value: undefined, trouble: inWords(error) };
    throw error;
  }
}

function accountText({ account, projects, troubles }: AccountCheck): string {
  const rows = projects.map((one) => [
    one.project.name,
    one.project.id,
    String(one.clusters.length),
    one.troubles.length === 0 ? 'yes' : 'no',
  ]);
  const lines = [
    ...troubles.map((trouble) => `  ${trouble}\n`),
    ...projects.flatMap((one) =>
      one.troubles.map((trouble) => `  ${one.project.name}: ${trouble}\n`),
    ),
  ];
  return [
    `\nAccount ${account.name}\n`,
    rows.length === 0 ? '' : table([['PROJECT', 'ID', 'CLUSTERS', 'READABLE'], ...rows]),
    ...lines,
  ].join('');
}

/** How many calls an hour a fleet like this takes, beside what Atlas allows. */
function planText(
  { poll }: Config,
  checks: readonly AccountCheck[],
  limits: ReadonlyMap<string, Limit>,
): string {
  const pollsAnHour = 3600 / poll.intervalSeconds;
  const discoveriesAnHour = 3600 / poll.discoveryIntervalSeconds;
  const projects = checks.flatMap((one) => one.projects);
  const snapshotCalls = checks.flatMap(({ account, projects: found }) =>
    found.flatMap(({ clusters }) =>
      clusters.filter(canHaveBackups).map((one) => (mayHaveLegacy(one, account.legacy) ? 2 : 1)),
    ),
  );
  const reads = snapshotCalls.reduce<number>((sum, calls) => sum + calls, 0) * pollsAnHour;
  const listings = checks.reduce(
    (sum, { account, projects: found }) => sum + 1 + found.length * (account.api === 'v2' ? 2 : 1),
    0,
  );
  const planned = Math.ceil(reads + listings * discoveriesAnHour);
  const rows = [...limits].map(([endpoint, { capacity, remaining }]) => [
    endpoint,
    String(capacity),
    String(remaining),
  ]);
  return [
    `\nPlanned: about ${planned} API calls an hour, for ${snapshotCalls.length} clusters in ${projects.length} projects`,
    isTroubled(checks) ? ', without what could not be read.\n' : '.\n',
    rows.length === 0
      ? 'Atlas reported no rate limits.\n'
      : `\n${table([['RATE LIMIT OF', 'CAPACITY', 'LEFT NOW'], ...rows])}`,
  ].join('');
}
