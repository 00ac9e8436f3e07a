import { globMatches, hasWildcard } from './glob.ts';

/** Globs. Something is selected if any of `include` covers it and none of `exclude` does. */
export type Filter = { readonly include: readonly string[]; readonly exclude: readonly string[] };

type NamedProject = { readonly id: string; readonly name: string };

function selects(filter: Filter, matches: (pattern: string) => boolean): boolean {
  return filter.include.some(matches) && !filter.exclude.some(matches);
}

function matchesProject(pattern: string, project: NamedProject): boolean {
  return globMatches(pattern, project.id) || globMatches(pattern, project.name);
}

export function selectsProject(filter: Filter, project: NamedProject): boolean {
  return selects(filter, (pattern) => matchesProject(pattern, project));
}

export function selectsCluster(
  filter: Filter,
  project: NamedProject,
  clusterName: string,
): boolean {
  return selects(filter, (pattern) => matchesCluster(pattern, project, clusterName));
}

/** A pattern is `project/cluster`, the project by id or name, or `*` alone for every cluster. */
export function matchesCluster(
  pattern: string,
  project: NamedProject,
  clusterName: string,
): boolean {
  if (pattern === '*') return true;
  // The last slash: the name of a cluster cannot hold one.
  const slash = pattern.lastIndexOf('/');
  return (
    slash !== -1 &&
    globMatches(pattern.slice(slash + 1), clusterName) &&
    matchesProject(pattern.slice(0, slash), project)
  );
}

/** The projects that someone expects by id or name, so that a missing one can be reported. */
export function namedProjects(filter: Filter): readonly string[] {
  return filter.include.filter((pattern) => !hasWildcard(pattern));
}
