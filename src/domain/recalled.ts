import type { Collected } from './collected.ts';
import type { Failure } from './failure.ts';
import type { Fleet } from './fleet.ts';
import type { Generation } from './generation.ts';
import { type Observed, observe } from './observed.ts';

/** Nothing was tried yet, so nothing is known to be good. */
const restarted: Failure = { reason: 'restarted', endpoint: '', detail: '' };

/**
 * What another process knew, as this one may show it: as old as it is, and good again once it has
 * been read. Only that of these accounts, by name.
 */
export function recalled(generation: Generation, accounts: ReadonlySet<string>): Generation {
  const { fleet, polls } = generation;
  const projects = [...fleet.projects].filter(([, { account }]) => accounts.has(account));
  const ids = new Set(projects.map(([id]) => id));
  const clusters = [...fleet.clusters].filter(([, { cluster }]) => ids.has(cluster.projectId));
  const known: Fleet = {
    accounts: new Map(
      [...fleet.accounts].filter(([name]) => accounts.has(name)).map(unreadSince('listing')),
    ),
    projects: new Map(projects.map(unreadSince('listing'))),
    clusters: new Map(clusters.map(unreadSince('backups'))),
  };
  const collectors = Object.fromEntries(Object.keys(polls.collectors).map((name) => [name, false]));
  return { ...generation, fleet: known, polls: { ...polls, success: false, collectors } };
}

function unreadSince<K extends string>(reading: K) {
  return <T extends { readonly collected: Collected } & Readonly<Record<K, Observed<unknown>>>>([
    key,
    tracked,
  ]: readonly [string, T]): [string, T] => {
    const collected = Object.fromEntries(
      Object.entries(tracked.collected).map(([name, one]) => [
        name,
        { ...one, observed: unread(one.observed) },
      ]),
    );
    return [key, { ...tracked, collected, [reading]: unread(tracked[reading]) }];
  };
}

function unread<T>(observed: Observed<T>): Observed<T> {
  return observed.kind === 'pending'
    ? observed
    : observe(observed, { kind: 'failed', failure: restarted });
}
