import { type Cluster, clusterKey, type Project } from '../../domain/cluster.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { lastReadAt, type Outcome } from '../../domain/observed.ts';
import type { ProjectListing } from '../../domain/report.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import type { SurveyedAccount } from './account.ts';
import type { Breaker } from './breaker.ts';

/** What reads one account in a survey. */
export type AccountReader = Breaker & { readonly account: SurveyedAccount };

/** What Atlas listed, cut down to what the configuration asks for. */
export function inScope(account: SurveyedAccount, listed: readonly Project[]): ProjectListing {
  const names = new Set(listed.flatMap(({ id, name }) => [id, name]));
  return {
    found: listed.filter(account.selectsProject),
    missing: account.namedProjects.filter((named) => !names.has(named)),
  };
}

/** Who reads which projects, and what each account's listing is worth after that. */
export type Ownership = {
  readonly owned: readonly { readonly reader: AccountReader; readonly project: Project }[];
  readonly listings: ReadonlyMap<string, Outcome<ProjectListing>>;
  /** Projects that were listed for one account while another has them. */
  readonly duplicates: number;
};

/**
 * A project that two accounts see belongs to the one that has it already, else to the first in the
 * configuration, so that no series comes twice.
 */
export function ownership(
  readers: readonly AccountReader[],
  fleet: Fleet,
  listed: ReadonlyMap<string, Outcome<ProjectListing>>,
): Ownership {
  const owner = owners(readers, fleet, listed);
  const listings = new Map<string, Outcome<ProjectListing>>();
  const owned: { reader: AccountReader; project: Project }[] = [];
  let duplicates = 0;
  for (const reader of readers) {
    const { name } = reader.account;
    const listing = listed.get(name);
    const found = foundIn(listing);
    const ours = found.filter(({ id }) => owner.get(id) === name);
    duplicates += found.length - ours.length;
    if (listing?.kind === 'read') {
      listings.set(name, { ...listing, value: { ...listing.value, found: ours } });
    } else if (listing !== undefined) {
      listings.set(name, listing);
    }
    const seen = new Set(ours.map(({ id }) => id));
    const assumedPresent = [...fleet.projects.values()]
      .filter(({ account, project: { id } }) => account === name && !seen.has(id))
      .filter(({ project: { id } }) => (owner.get(id) ?? name) === name)
      .map(({ project }) => project);
    owned.push(...[...ours, ...assumedPresent].map((project) => ({ reader, project })));
  }
  return { owned, listings, duplicates };
}

/** By project id, the account that has it. One that does not list it any more lets go of it. */
function owners(
  readers: readonly AccountReader[],
  fleet: Fleet,
  listed: ReadonlyMap<string, Outcome<ProjectListing>>,
): ReadonlyMap<string, string> {
  const owner = new Map<string, string>();
  for (const { project, account } of fleet.projects.values()) {
    const listing = listed.get(account);
    const lost =
      listing?.kind === 'read' && !listing.value.found.some(({ id }) => id === project.id);
    if (!lost) owner.set(project.id, account);
  }
  for (const { account } of readers) {
    for (const { id } of foundIn(listed.get(account.name))) {
      if (!owner.has(id)) owner.set(id, account.name);
    }
  }
  return owner;
}

function foundIn(listing: Outcome<ProjectListing> | undefined): readonly Project[] {
  return listing?.kind === 'read' ? listing.value.found : [];
}

/** Up to so many clusters, those first that are known already. */
export function admission(fleet: Fleet, maxClusters: number): (cluster: Cluster) => boolean {
  let room = maxClusters - fleet.clusters.size;
  return (cluster) => {
    if (fleet.clusters.has(clusterKey(cluster))) return true;
    room -= 1;
    return room >= 0;
  };
}

/** When a cluster was last read in full; 0: never. */
export function readAt(fleet: Fleet, cluster: Cluster): UnixSeconds {
  const tracked = fleet.clusters.get(clusterKey(cluster));
  return (tracked && lastReadAt(tracked.backups)) ?? 0;
}

/** The clusters known of each project. */
export function byProject(fleet: Fleet): (projectId: string) => readonly Cluster[] {
  const clusters = Map.groupBy(
    [...fleet.clusters.values()].map(({ cluster }) => cluster),
    ({ projectId }) => projectId,
  );
  return (projectId) => clusters.get(projectId) ?? [];
}
