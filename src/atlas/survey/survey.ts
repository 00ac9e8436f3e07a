import { type ReadRules, reasonToRead } from '../../domain/backup-reads.ts';
import { type Cluster, clusterKey, type Project } from '../../domain/cluster.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { Report } from '../../domain/report.ts';
import { isOurs } from '../../domain/shard.ts';
import type { Findings } from '../decode/decoding.ts';
import { endpoints } from '../endpoints.ts';
import type { SurveyedAccount, SurveyRequest } from './account.ts';
import { breaker } from './breaker.ts';
import { collect, type DueRead, dueReads } from './collecting.ts';
import { listBothKinds } from './list-clusters.ts';
import { type ClusterRead, dueOfCluster, readClusters } from './read-cluster.ts';
import { type AccountReader, admission, byProject, inScope, ownership } from './scope.ts';
import {
  newSurveyRun,
  type SurveyCache,
  type SurveyOptions,
  type SurveyRun,
} from './survey-run.ts';

/** Reads everything in scope once. Failures are data: nothing is thrown, nothing else is hidden. */
export type Survey = (fleet: Fleet, request: SurveyRequest) => Promise<Report>;

export function surveyor(accounts: readonly SurveyedAccount[], options: SurveyOptions): Survey {
  const cache: SurveyCache = {
    projectsToRelist: new Set(),
    overLimit: new Map(),
    listings: new Map(),
  };
  return async (fleet, request) => {
    const run = newSurveyRun(fleet, request, cache, options);
    const readers = accounts.map((account): AccountReader => {
      const probe = () => account.client.list(endpoints.projects, {}, request);
      return { account, ...breaker({ ...options, probe }) };
    });
    await Promise.all(readers.map((reader) => listProjects(reader, run)));
    const { owned, listings, duplicates } = ownership(readers, fleet, run.projects);
    forgetOthers(cache, owned);
    const admit = admission(fleet, options.maxClusters);
    const known = byProject(fleet);
    await Promise.all([
      ...readers.map((reader) => collect(reader, dueOfAccount(reader, run), run)),
      ...owned.map(async ({ reader, project }) => {
        const listed = await listClusters(reader, project, admit, run);
        const found = { project, listed, known: known(project.id) };
        await readProject(reader, found, options.reads, run);
      }),
    ]);
    const { clusters, backups, collected, unreliable, rejected, unknown } = run;
    // Of the projects that are ours: all others have just been forgotten.
    const clustersOverLimit = cache.overLimit.values().reduce((sum, more) => sum + more, 0);
    const anomalies = { rejected, unknown, clustersOverLimit, duplicateProjects: duplicates };
    const endedAt = options.clock();
    return { endedAt, projects: listings, clusters, backups, collected, unreliable, anomalies };
  };
}

function dueOfAccount({ account }: AccountReader, run: SurveyRun): readonly DueRead[] {
  const { name } = account;
  const collected = run.fleet.accounts.get(name)?.collected;
  const subject = { subject: account, key: name, id: name, collected };
  return dueReads(run.collectors.account, account, subject, run);
}

/** Reads the snapshots of a project's clusters, and then what else is due of it and of them. */
async function readProject(
  reader: AccountReader,
  { project, listed, known }: ListedProject,
  rules: ReadRules,
  run: SurveyRun,
): Promise<void> {
  const { account } = reader;
  const { id } = project;
  const fresh = new Set(listed.map(clusterKey));
  const assumedPresent = known.filter((cluster) => !fresh.has(clusterKey(cluster)));
  const collected = run.fleet.projects.get(id)?.collected;
  const subject = { subject: project, key: id, id, collected };
  const due = [...dueReads(run.collectors.project, account, subject, run)];
  const wanted: ClusterRead[] = [];
  for (const cluster of [...listed, ...assumedPresent]) {
    const key = clusterKey(cluster);
    const tracked = run.fleet.clusters.get(key);
    const reason = reasonToRead(rules, project, cluster, tracked, run.begunAt);
    if (reason !== undefined) wanted.push({ cluster, justListed: fresh.has(key), reason });
    else due.push(...dueOfCluster(reader, cluster, undefined, run));
  }
  await readClusters(reader, wanted, due, run);
  await collect(reader, due, run);
}

type ListedProject = {
  readonly project: Project;
  /** In this survey; empty: not listed, or in vain. */
  readonly listed: readonly Cluster[];
  readonly known: readonly Cluster[];
};

function forgetOthers(
  { overLimit, listings }: SurveyCache,
  owned: readonly { readonly project: Project }[],
): void {
  const ids = new Set(owned.map(({ project }) => project.id));
  for (const byProject of [overLimit, listings]) {
    for (const id of byProject.keys()) if (!ids.has(id)) byProject.delete(id);
  }
}

/** Lists an account's projects when that is due, or the last listing failed or missed one named. */
async function listProjects(
  { account, readAccount }: AccountReader,
  run: SurveyRun,
): Promise<void> {
  const known = run.fleet.accounts.get(account.name)?.listing;
  const complete = known?.kind === 'fresh' && known.value.length === 0;
  if (complete && !run.request.discover) return;
  const listing = await run.queued(() =>
    readAccount(account.name, async () => {
      const { items, findings } = await account.client.list(endpoints.projects, {}, run.request);
      run.note(findings);
      if (holdsUnusable(findings)) run.unreliable.add(account.name);
      return inScope(account, items);
    }),
  );
  run.projects.set(account.name, listing);
}

/** Lists a project's clusters when that is due; empty when it is not, or when it fails. */
async function listClusters(
  { account, read }: AccountReader,
  project: Project,
  admit: (cluster: Cluster) => boolean,
  run: SurveyRun,
): Promise<readonly Cluster[]> {
  const listing = run.fleet.projects.get(project.id)?.listing;
  const projectsToRelist = run.projectsToRelist.delete(project.id);
  if (!run.request.discover && listing?.kind === 'fresh' && !projectsToRelist) return [];
  const outcome = await run.queued(() =>
    read(project.id, async () => {
      const last = run.listings.get(project.id) ?? new Map();
      run.listings.set(project.id, last);
      const all = await listBothKinds(account, project.id, run.request, last);
      for (const findings of all.findings) {
        run.note(findings);
        if (holdsUnusable(findings)) run.unreliable.add(project.id);
      }
      const selected = all.clusters.filter(({ name }) => account.selectsCluster(project, name));
      const ours = selected.filter((cluster) => isOurs(run.shard, clusterKey(cluster)));
      const found = ours.filter(admit);
      run.overLimit.set(project.id, ours.length - found.length);
      return { found, inScope: selected.length };
    }),
  );
  run.clusters.set(project.id, outcome);
  return outcome.kind === 'read' ? outcome.value.found : [];
}

/** One of the records was no project or cluster that could be told from others. */
function holdsUnusable({ rejected }: Findings): boolean {
  return rejected.some(({ reason }) => reason === 'schema');
}
