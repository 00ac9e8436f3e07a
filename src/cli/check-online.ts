import { endpoints } from '../atlas/endpoints.ts';
import { type ListSnapshots, listingKindOf, listKind } from '../atlas/listing-kind.ts';
import { AtlasError } from '../atlas/transport/failure.ts';
import type { Deadline } from '../atlas/transport/message.ts';
import type { Collector } from '../collectors/collector.ts';
import { collectors } from '../collectors/table.ts';
import type { Config } from '../config/config.ts';
import { readProxy } from '../config/proxy.ts';
import { canHaveBackups, type Project } from '../domain/cluster.ts';
import { collectorFacts } from '../domain/collectors.ts';
import type { OpenAccount } from '../exporter/accounts.ts';
import { inWords } from './accounts.ts';
import {
  type AccountCheck,
  accountText,
  hasFailures,
  type Limit,
  type ProjectCheck,
  planText,
} from './check-text.ts';
import { progress } from './progress.ts';
import { reading } from './reading.ts';

/** Tries everything a poll needs and prints what was found. Resolves to the exit code. */
export async function checkOnline(config: Config): Promise<number> {
  const limits = new Map<string, Limit>();
  const { show, end } = progress('Trying Atlas');
  const checks = await reading(
    config,
    async ({ accounts, deadline }) => {
      const found: AccountCheck[] = [];
      const on = collectors.filter(({ name }) => config.collectors[name]);
      for (const account of accounts) {
        const proxy = await proxyText(config, account);
        found.push({ account, proxy, ...(await checkAccount(account, deadline, show, on)) });
      }
      return found;
    },
    {
      rateLimit: (endpoint, capacity, remaining) => limits.set(endpoint, { capacity, remaining }),
    },
  ).finally(end);
  for (const one of checks) process.stdout.write(accountText(one));
  process.stdout.write(planText(config, checks, limits));
  return hasFailures(checks) ? 1 : 0;
}

/** Which proxy, and what names it; without its user name and password. */
async function proxyText({ accounts }: Config, { name }: OpenAccount): Promise<string | undefined> {
  const proxy = accounts.find((account) => account.name === name)?.proxy;
  return proxy && `${(await readProxy(proxy)).origin} (${proxy.key})`;
}

async function checkAccount(
  account: OpenAccount,
  deadline: Deadline,
  show: (done: number, total: number) => void,
  on: readonly Collector[],
): Promise<Pick<AccountCheck, 'projects' | 'failures'>> {
  const listed = await tried(() => account.client.list(endpoints.projects, {}, deadline));
  if (listed.failure !== undefined) return { projects: [], failures: [listed.failure] };
  const inScope = listed.value.items.filter(account.selectsProject);
  const names = new Set(listed.value.items.flatMap(({ id, name }) => [id, name]));
  const projects: ProjectCheck[] = [];
  for (const [at, project] of inScope.entries()) {
    show(at, inScope.length);
    projects.push(await checkProject(account, project, deadline, on));
  }
  const missing = account.namedProjects.filter((named) => !names.has(named));
  return {
    projects,
    failures: missing.map(
      (named) => `project ${named}: Atlas lists no project with this id or name`,
    ),
  };
}

/** Lists the clusters, and reads one of each kind: a role that is missing for one is missing for all. */
async function checkProject(
  account: OpenAccount,
  project: Project,
  deadline: Deadline,
  on: readonly Collector[],
): Promise<ProjectCheck> {
  const { client, api } = account;
  const groupId = project.id;
  const dedicated = await tried(() => client.list(endpoints.clusters, { groupId }, deadline));
  const flex =
    api === 'v2'
      ? await tried(() => client.list(endpoints.flexClusters, { groupId }, deadline))
      : { value: { items: [] }, failure: undefined };
  const clusters = [...(dedicated.value?.items ?? []), ...(flex.value?.items ?? [])].filter(
    ({ name }) => account.selectsCluster(project, name),
  );
  const samples = Map.groupBy(clusters.filter(canHaveBackups), listingKindOf);
  const reads: (string | undefined)[] = [dedicated.failure, flex.failure];
  const list: ListSnapshots<unknown> = (endpoint, parameters) =>
    client.list(endpoint, parameters, deadline);
  for (const [kind, [cluster]] of samples) {
    if (cluster === undefined) continue;
    reads.push((await tried(() => listKind(list, kind, cluster))).failure);
    for (const { reader } of on.filter((one) => one.reader.appliesTo(cluster))) {
      const work = () => reader.read(account, cluster, deadline, () => undefined);
      reads.push((await tried(work, collectorFacts[reader.name].role)).failure);
    }
  }
  return { project, clusters, failures: [...new Set(reads.flatMap((failure) => failure ?? []))] };
}

type Tried<T> =
  | { readonly value: T; readonly failure: undefined }
  | { readonly value: undefined; readonly failure: string };

/** @param role what the work needs in Atlas */
async function tried<T>(work: () => Promise<T>, role?: string): Promise<Tried<T>> {
  try {
    return { value: await work(), failure: undefined };
  } catch (error) {
    if (error instanceof AtlasError) return { value: undefined, failure: inWords(error, role) };
    throw error;
  }
}
