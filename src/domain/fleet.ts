import { runToEnd } from '../runtime/event-loop.ts';
import { clusterKey, type Project } from './cluster.ts';
import { type Collected, collectedAfter } from './collected.ts';
import { lastKnown, type Observed, type Outcome, observe, pending } from './observed.ts';
import { type ClusterListing, collectedOf, type ProjectListing, type Report } from './report.ts';
import { type TrackedCluster, withCollected, withListing, withReading } from './tracked-cluster.ts';

export type TrackedAccount = {
  /** Projects that the configuration names, by id or name. */
  readonly named: readonly string[];
  /** The last listing of its projects; the value is the named ones that were not among them. */
  readonly listing: Observed<readonly string[]>;
  /** What collectors have read of it. */
  readonly collected: Collected;
};

export type TrackedProject = {
  readonly project: Project;
  readonly account: string;
  /** The last listing of its clusters; the value is how many are in scope, of all shards. */
  readonly listing: Observed<number>;
  /** What collectors have read of it. */
  readonly collected: Collected;
  /** Complete listings of its account in a row without it. */
  readonly absences: number;
};

/** Everything known of Atlas: the only thing that outlives a poll. */
export type Fleet = {
  readonly accounts: ReadonlyMap<string, TrackedAccount>;
  readonly projects: ReadonlyMap<string, TrackedProject>;
  readonly clusters: ReadonlyMap<string, TrackedCluster>;
};

/** A listing without it, confirmed once more, removes a project or cluster. A failure never does. */
const absencesToGo = 2;

/** Before the first poll: nothing known, and the named projects not found yet. */
export function newFleet(
  accounts: readonly { readonly name: string; readonly namedProjects: readonly string[] }[],
): Fleet {
  return {
    accounts: new Map(accounts.map(({ name, namedProjects }) => [name, unlisted(namedProjects)])),
    projects: new Map(),
    clusters: new Map(),
  };
}

function unlisted(named: readonly string[]): TrackedAccount {
  return { named, listing: pending, collected: {} };
}

/** What a map of the fleet holds, in an order that does not depend on how the answers came in. */
export function sortedByKey<T>(map: ReadonlyMap<string, T>): readonly T[] {
  return [...map.keys()].sort().flatMap((key) => map.get(key) ?? []);
}

/** The one transition: what was known, and what a pass found, make what is known now. */
export function advance(fleet: Fleet, report: Report): Fleet {
  return runToEnd(advanceInBatches(fleet, report));
}

/** The same, cluster by cluster, for those who cannot wait for all of a large fleet at once. */
export function* advanceInBatches(fleet: Fleet, report: Report): Generator<void, Fleet> {
  const accounts = new Map(fleet.accounts);
  for (const [account, outcome] of report.projects) {
    const tracked = accounts.get(account) ?? unlisted([]);
    accounts.set(account, { ...tracked, listing: observe(tracked.listing, missingOf(outcome)) });
  }
  collectInto(accounts, report);
  const projects = advanceProjects(fleet, report);
  return { accounts, projects, clusters: yield* advanceClusters(fleet, projects, report) };
}

/** The named projects of an account that are not known to be there. */
export function missingProjects({ named, listing }: TrackedAccount): readonly string[] {
  return lastKnown(listing) ?? named;
}

function missingOf(outcome: Outcome<ProjectListing>): Outcome<readonly string[]> {
  return outcome.kind === 'failed' ? outcome : { ...outcome, value: outcome.value.missing };
}

function advanceProjects(fleet: Fleet, report: Report): Map<string, TrackedProject> {
  const projects = new Map(fleet.projects);
  for (const [account, outcome] of report.projects) {
    if (outcome.kind === 'read') {
      listProjects(projects, account, outcome.value, report.unreliable.has(account));
    }
  }
  for (const [id, outcome] of report.clusters) {
    const tracked = projects.get(id);
    if (tracked === undefined) continue;
    projects.set(id, { ...tracked, listing: observe(tracked.listing, inScopeOf(outcome)) });
  }
  collectInto(projects, report);
  return projects;
}

function collectInto<T extends { readonly collected: Collected }>(
  subjects: Map<string, T>,
  report: Report,
): void {
  for (const [subject, tracked] of subjects) {
    const collected = collectedAfter(
      tracked.collected,
      collectedOf(report, subject),
      report.endedAt,
    );
    if (collected !== tracked.collected) subjects.set(subject, { ...tracked, collected });
  }
}

function inScopeOf(outcome: Outcome<ClusterListing>): Outcome<number> {
  return outcome.kind === 'failed' ? outcome : { ...outcome, value: outcome.value.inScope };
}

function listProjects(
  projects: Map<string, TrackedProject>,
  account: string,
  { found, missing }: ProjectListing,
  unreliable: boolean,
): void {
  const listed = new Set(found.map(({ id }) => id));
  for (const project of found) {
    const known = projects.get(project.id);
    projects.set(project.id, {
      listing: pending,
      collected: {},
      ...known,
      project,
      account,
      absences: 0,
    });
  }
  for (const [id, tracked] of projects) {
    if (tracked.account !== account || listed.has(id)) continue;
    const named = missing.includes(id) || missing.includes(tracked.project.name);
    // Somebody wrote it into the configuration: it stays, and says that it cannot be read.
    const absences = named ? 0 : tracked.absences + (unreliable ? 0 : 1);
    if (absences >= absencesToGo) projects.delete(id);
    else projects.set(id, { ...tracked, absences });
  }
}

function* advanceClusters(
  fleet: Fleet,
  projects: ReadonlyMap<string, TrackedProject>,
  report: Report,
): Generator<void, Map<string, TrackedCluster>> {
  const clusters = new Map(fleet.clusters);
  for (const [key, { cluster }] of clusters) {
    if (!projects.has(cluster.projectId)) clusters.delete(key);
  }
  const listed = new Set<string>();
  for (const [projectId, outcome] of report.clusters) {
    // A project that has just gone could still be listed by the pass that found it gone.
    if (outcome.kind === 'failed' || !projects.has(projectId)) continue;
    for (const cluster of outcome.value.found) {
      const key = clusterKey(cluster);
      listed.add(key);
      clusters.set(key, withListing(clusters.get(key), cluster, outcome.at));
      yield;
    }
  }
  const missed = (key: string, projectId: string) =>
    report.clusters.get(projectId)?.kind === 'read' &&
    !report.unreliable.has(projectId) &&
    !listed.has(key);
  for (const [key, tracked] of clusters) {
    const absences = tracked.absences + (missed(key, tracked.cluster.projectId) ? 1 : 0);
    if (absences >= absencesToGo) {
      clusters.delete(key);
    } else {
      const read = yield* withReading({ ...tracked, absences }, report.backups.get(key));
      const found = collectedOf(report, key);
      clusters.set(key, yield* withCollected(read, found, report.endedAt));
    }
    yield;
  }
  return clusters;
}
