import { reasonToRead } from '../../domain/backup-reads.ts';
import { type Cluster, clusterKey, type Project } from '../../domain/cluster.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { Report } from '../../domain/report.ts';
import { isOurs } from '../../domain/shard.ts';
import type { Findings } from '../decode/decoding.ts';
import { endpoints } from '../endpoints.ts';
import type { Pass, SurveyedAccount } from './account.ts';
import { breaker } from './breaker.ts';
import { type Course, type Memory, newCourse, type SurveyOptions } from './course.ts';
import { listBothKinds } from './list-clusters.ts';
import { type ClusterRead, readClusters } from './read-cluster.ts';
import { admission, byProject, inScope, ownership, type Task } from './scope.ts';

/** Reads everything in scope once. Failures are data: nothing is thrown, nothing else is hidden. */
export type Survey = (fleet: Fleet, pass: Pass) => Promise<Report>;

export function surveyor(accounts: readonly SurveyedAccount[], options: SurveyOptions): Survey {
  const memory: Memory = { outdated: new Set(), overLimit: new Map(), listings: new Map() };
  return async (fleet, pass) => {
    const course = newCourse(fleet, pass, memory, options);
    const tasks = accounts.map((account): Task => {
      const probe = () => account.client.list(endpoints.projects, {}, pass);
      return { account, ...breaker({ ...options, probe }) };
    });
    await Promise.all(tasks.map((task) => listProjects(task, course)));
    const { owned, listings, duplicates } = ownership(tasks, fleet, course.projects);
    forgetOthers(memory, owned);
    const admit = admission(fleet, options.maxClusters);
    const known = byProject(fleet);
    await Promise.all(
      owned.map(async ({ task, project }) => {
        const listed = await listClusters(task, project, admit, course);
        const fresh = new Set(listed.map(clusterKey));
        const believed = known(project.id).filter((cluster) => !fresh.has(clusterKey(cluster)));
        const wanted = [...listed, ...believed].flatMap((cluster): ClusterRead | [] => {
          const key = clusterKey(cluster);
          const tracked = fleet.clusters.get(key);
          const reason = reasonToRead(options.reads, project, cluster, tracked, course.begunAt);
          return reason === undefined ? [] : { cluster, justListed: fresh.has(key), reason };
        });
        await readClusters(task, wanted, course);
      }),
    );
    const { clusters, backups, schedules, unreliable, rejected, unknown } = course;
    const clustersOverLimit = owned.reduce(
      (sum, { project }) => sum + (memory.overLimit.get(project.id) ?? 0),
      0,
    );
    const anomalies = { rejected, unknown, clustersOverLimit, duplicateProjects: duplicates };
    const endedAt = options.clock();
    return { endedAt, projects: listings, clusters, backups, schedules, unreliable, anomalies };
  };
}

function forgetOthers(
  { overLimit, listings }: Memory,
  owned: readonly { readonly project: Project }[],
): void {
  const ids = new Set(owned.map(({ project }) => project.id));
  for (const byProject of [overLimit, listings]) {
    for (const id of byProject.keys()) if (!ids.has(id)) byProject.delete(id);
  }
}

/** Lists an account's projects when that is due, or the last listing failed or missed one named. */
async function listProjects({ account, readAccount }: Task, course: Course): Promise<void> {
  const known = course.fleet.accounts.get(account.name)?.listing;
  const complete = known?.kind === 'fresh' && known.value.length === 0;
  if (complete && !course.pass.discover) return;
  const listing = await course.queued(() =>
    readAccount(account.name, async () => {
      const { items, findings } = await account.client.list(endpoints.projects, {}, course.pass);
      course.note(findings);
      if (holdsUnusable(findings)) course.unreliable.add(account.name);
      return inScope(account, items);
    }),
  );
  course.projects.set(account.name, listing);
}

/** Lists a project's clusters when that is due; empty when it is not, or when it fails. */
async function listClusters(
  { account, read }: Task,
  project: Project,
  admit: (cluster: Cluster) => boolean,
  course: Course,
): Promise<readonly Cluster[]> {
  const listing = course.fleet.projects.get(project.id)?.listing;
  const outdated = course.outdated.delete(project.id);
  if (!course.pass.discover && listing?.kind === 'fresh' && !outdated) return [];
  const outcome = await course.queued(() =>
    read(project.id, async () => {
      const last = course.listings.get(project.id) ?? new Map();
      course.listings.set(project.id, last);
      const all = await listBothKinds(account, project.id, course.pass, last);
      for (const findings of all.findings) {
        course.note(findings);
        if (holdsUnusable(findings)) course.unreliable.add(project.id);
      }
      const selected = all.clusters.filter(({ name }) => account.selectsCluster(project, name));
      const ours = selected.filter((cluster) => isOurs(course.shard, clusterKey(cluster)));
      const found = ours.filter(admit);
      course.overLimit.set(project.id, ours.length - found.length);
      return { found, inScope: selected.length };
    }),
  );
  course.clusters.set(project.id, outcome);
  return outcome.kind === 'read' ? outcome.value.found : [];
}

/** One of the records was no project or cluster that could be told from others. */
function holdsUnusable({ rejected }: Findings): boolean {
  return rejected.some(({ reason }) => reason === 'schema');
}
