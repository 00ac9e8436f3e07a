import { describe, expect, test } from 'vitest';
import { missingProjects } from '../../src/domain/fleet.ts';
import { firstGeneration, reconfigured } from '../../src/domain/generation.ts';
import { lastKnown } from '../../src/domain/observed.ts';
import { type AccountScope, rescoped, type Scope } from '../../src/domain/scope.ts';
import { fleetAfter, timeout } from './reports.ts';
import { completed, day, hour, noon } from './snapshots.ts';

function accountScope(name: string, more: Partial<AccountScope> = {}): AccountScope {
  return {
    name,
    namedProjects: [],
    selectsProject: () => true,
    selectsCluster: () => true,
    ...more,
  };
}

const scope = (...accounts: readonly AccountScope[]): Scope => ({
  accounts,
  maxClusters: 1_000,
  off: [],
});

const [old, kept] = [completed(noon - day), completed(noon - hour)];
/** Two accounts; of p/one a snapshot has vanished, and q could not be listed the last time. */
const fleet = fleetAfter(
  [
    {
      projects: { a: ['p', 'q'], b: ['r'] },
      clusters: { p: ['one', 'two'], q: ['three'], r: ['four'] },
      backups: { 'p/one': [old, kept], 'p/two': [kept], 'q/three': [kept], 'r/four': [kept] },
      schedules: { 'p/one': null },
    },
    { clusters: { q: timeout }, backups: { 'p/one': [kept] } },
  ],
  { a: [], b: [] },
);
const everything = scope(accountScope('a'), accountScope('b'));

describe('another scope', () => {
  test('that selects the same changes nothing', () => {
    expect(rescoped(fleet, everything)).toEqual(fleet);
  });

  test('without an account ends its projects and clusters, and leaves the others as they were', () => {
    const left = rescoped(fleet, scope(accountScope('a')));
    expect([...left.accounts.keys()]).toEqual(['a']);
    expect([...left.projects.keys()]).toEqual(['p', 'q']);
    expect([...left.clusters.keys()]).toEqual(['p/one', 'p/two', 'q/three']);
    expect(left.clusters.get('p/one')).toBe(fleet.clusters.get('p/one'));
    expect(left.clusters.get('p/one')?.history.vanished).toBe(1);
  });

  test('without a project ends it with its clusters', () => {
    const selectsProject = ({ id }: { id: string }) => id !== 'p';
    const left = rescoped(fleet, scope(accountScope('a', { selectsProject }), accountScope('b')));
    expect([...left.projects.keys()]).toEqual(['q', 'r']);
    expect([...left.clusters.keys()]).toEqual(['q/three', 'r/four']);
    expect(left.projects.get('q')).toEqual(fleet.projects.get('q'));
  });

  test('without a cluster ends it, and counts it no more', () => {
    const selectsCluster = (_project: unknown, name: string) => name !== 'two';
    const left = rescoped(fleet, scope(accountScope('a', { selectsCluster }), accountScope('b')));
    expect([...left.clusters.keys()]).toEqual(['p/one', 'q/three', 'r/four']);
    const counts = ['p', 'q', 'r'].map((id) => {
      const project = left.projects.get(id);
      return project && lastKnown(project.listing);
    });
    expect(counts).toEqual([1, 1, 1]);
  });

  test('with room for fewer clusters keeps the first', () => {
    const left = rescoped(fleet, { ...everything, maxClusters: 2 });
    expect([...left.clusters.keys()]).toEqual(['p/one', 'p/two']);
  });

  test('that names projects counts those as missing that are not known to be there', () => {
    const namedProjects = ['p', 'name of q', 'ledger'];
    const left = rescoped(fleet, scope(accountScope('a', { namedProjects })));
    const account = left.accounts.get('a');
    expect(account && missingProjects(account)).toEqual(['ledger']);
  });

  test('with a new account knows nothing of it but what it names', () => {
    const namedProjects = ['s'];
    const left = rescoped(fleet, scope(accountScope('c', { namedProjects })));
    expect(left).toMatchObject({ projects: new Map(), clusters: new Map() });
    expect(left.accounts.get('c')).toEqual({
      named: ['s'],
      listing: { kind: 'pending' },
      collected: {},
    });
  });

  test('without schedules forgets them, so that none comes back old', () => {
    const left = rescoped(fleet, { ...everything, off: ['schedule'] });
    expect(fleet.clusters.get('p/one')?.collected).toHaveProperty('schedule');
    expect(left.clusters.get('p/one')?.collected).toEqual({});
    expect(left.clusters.get('p/one')?.backups).toBe(fleet.clusters.get('p/one')?.backups);
  });
});

test('a collector that is switched on has covered nothing; how polls went stays', () => {
  const before = firstGeneration(fleet, ['clusters']);
  const polls = { ...before.polls, success: true, collectors: { clusters: true } };
  const after = reconfigured({ ...before, polls }, fleet, ['clusters', 'snapshots']);
  expect(after.polls).toEqual({ ...polls, collectors: { clusters: true, snapshots: false } });
  expect(reconfigured(after, fleet, ['snapshots']).polls.collectors).toEqual({ snapshots: false });
});
