import { collectors } from '../collectors/table.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { type CollectorName, collectorFacts, collectorNames } from '../domain/collectors.ts';
import { type Failure, failureReasons } from '../domain/failure.ts';
import { missingProjects, type TrackedAccount } from '../domain/fleet.ts';
import { failureOf, pending } from '../domain/observed.ts';
import type { StatusView } from './view.ts';

export type UnreadResource = 'projects' | CollectorName;

/** What the last attempts to read could not read. */
export const unreadResources: readonly UnreadResource[] = ['projects', ...collectorNames];

/** Such a thing as the subject of a sentence: `The list of projects`. */
export function unreadTitle(unread: UnreadResource): string {
  return unread === 'projects' || unread === 'clusters'
    ? `The list of ${unread}`
    : `The ${collectorFacts[unread].about.toLowerCase()}`;
}

/** An account, a project of it, or a cluster of that: what is left out is meant whole. */
export type Scope = {
  readonly account: string;
  readonly project?: { readonly id: string; readonly name: string };
  readonly cluster?: string;
};

/** What could not be read, for one and the same reason, in as many places as it may be. */
export type ReadFailure = {
  readonly unread: UnreadResource;
  readonly failure: Failure;
  /** What it means and how to mend it. */
  readonly remedy: string;
  readonly scopes: readonly Scope[];
};

/** A project that the configuration names and that its account does not show. */
export type MissingProject = { readonly account: string; readonly named: string };

type Alike = {
  readonly unread: UnreadResource;
  readonly failure: Failure;
  readonly scopes: Scope[];
};

/** Every last attempt that failed; those that failed in the same way together. */
export function readFailuresOf({ generation, rows }: StatusView): readonly ReadFailure[] {
  const { accounts, projects } = generation.fleet;
  const alike = new Map<string, Alike>();
  const add = (unread: UnreadResource, failure: Failure | undefined, scope: () => Scope) => {
    if (failure === undefined) return;
    const key = [unread, failure.reason, failure.endpoint, failure.detail].join('\n');
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { unread, failure, scopes: [scope()] });
    else known.scopes.push(scope());
  };
  for (const [account, { listing }] of accounts) {
    add('projects', failureOf(listing), () => ({ account }));
  }
  for (const { account, project, listing } of projects.values()) {
    const { id, name } = project;
    add('clusters', failureOf(listing), () => ({ account, project: { id, name } }));
  }
  for (const row of rows) {
    add('snapshots', failureOf(row.backups), () => scopeOf(row));
    for (const { name } of collectors) {
      add(name, failureOf(row.collected[name]?.observed ?? pending), () => scopeOf(row));
    }
  }
  return [...alike.values()].map((one) => ({ ...one, remedy: failureReasons[one.failure.reason] }));
}

function scopeOf({ account, projectName: name, cluster }: ClusterRow): Scope {
  return { account, project: { id: cluster.projectId, name }, cluster: cluster.name };
}

/** By complete listings: one that failed is a failure of its own. */
export function missingOf({ generation }: StatusView): readonly MissingProject[] {
  return [...generation.fleet.accounts].flatMap(([account, tracked]) =>
    isListed(tracked) ? missingProjects(tracked).map((named) => ({ account, named })) : [],
  );
}

function isListed({ listing }: TrackedAccount): boolean {
  return listing.kind === 'fresh' || listing.kind === 'stale';
}
