import { describe, expect, test } from 'vitest';
import { type Fleet, missingProjects, newFleet } from '../../src/domain/fleet.ts';
import { fleetAfter, project, timeout } from './reports.ts';
import { noon } from './snapshots.ts';

const ids = (fleet: Fleet) => [...fleet.projects.keys()];
const accountOf = (fleet: Fleet, id: string) => fleet.projects.get(id)?.account;

describe('before the first poll', () => {
  const fleet = newFleet([{ name: 'a', namedProjects: ['payments'] }]);

  test('nothing is known', () => {
    expect(fleet.projects.size).toBe(0);
    expect(fleet.clusters.size).toBe(0);
  });

  test('every named project counts as missing', () => {
    expect([...fleet.accounts.values()].map(missingProjects)).toEqual([['payments']]);
  });
});

describe('a project', () => {
  test('goes after two complete listings without it', () => {
    expect(ids(fleetAfter([{ projects: { a: ['p', 'q'] } }, { projects: { a: ['q'] } }]))).toEqual([
      'p',
      'q',
    ]);
    expect(
      ids(
        fleetAfter([
          { projects: { a: ['p', 'q'] } },
          { projects: { a: ['q'] } },
          { projects: { a: ['q'] } },
        ]),
      ),
    ).toEqual(['q']);
  });

  test('is not given up by listings in which some record could not be used', () => {
    const listed = { projects: { a: ['p', 'r'] } };
    const unsure = { projects: { a: ['r'] }, unreliable: ['a'] };
    expect([...fleetAfter([listed, unsure, unsure, unsure]).projects.keys()]).toEqual(['p', 'r']);
  });

  test('takes its clusters with it', () => {
    const fleet = fleetAfter([
      { projects: { a: ['p', 'q'] }, clusters: { p: ['one'], q: ['two'] } },
      { projects: { a: ['q'] } },
      { projects: { a: ['q'] } },
    ]);
    expect([...fleet.clusters.keys()]).toEqual(['q/two']);
  });

  test('takes its clusters with it even if the same pass could still list them', () => {
    const still = { projects: { a: ['q'] }, clusters: { p: ['one'], q: ['two'] } };
    const fleet = fleetAfter([{ ...still, projects: { a: ['p', 'q'] } }, still, still]);
    expect([...fleet.clusters.keys()]).toEqual(['q/two']);
  });

  test('is not given up by a listing that failed in between, nor by passes that did not ask', () => {
    const fleet = fleetAfter([
      { projects: { a: ['p'] } },
      { projects: { a: [] } },
      { projects: { a: timeout } },
      {},
      {},
    ]);
    expect(ids(fleet)).toEqual(['p']);
  });

  test('that is back between two absences starts anew', () => {
    const fleet = fleetAfter([
      { projects: { a: ['p'] } },
      { projects: { a: [] } },
      { projects: { a: ['p'] } },
      { projects: { a: [] } },
    ]);
    expect(ids(fleet)).toEqual(['p']);
  });

  test('outlives a listing that is suddenly empty', () => {
    expect(ids(fleetAfter([{ projects: { a: ['p', 'q'] } }, { projects: { a: [] } }]))).toEqual([
      'p',
      'q',
    ]);
  });

  test.each([
    ['id', 'p'],
    ['name', 'name of p'],
  ])('that the configuration names by its %s stays, however long it is missing', (_, named) => {
    const missing = { projects: { a: [`!${named}`] } };
    const fleet = fleetAfter([{ projects: { a: ['p'] } }, missing, missing, missing, missing], {
      a: [named],
    });
    expect(ids(fleet)).toEqual(['p']);
    expect([...fleet.accounts.values()].map(missingProjects)).toEqual([[named]]);
  });

  test('keeps its clusters and the last listing of them when it is renamed', () => {
    const fleet = fleetAfter([
      { projects: { a: ['p'] }, clusters: { p: ['one'] } },
      { projects: { a: [project('p', 'new name')] } },
    ]);
    expect(fleet.projects.get('p')).toMatchObject({
      project: { name: 'new name' },
      listing: { kind: 'fresh', value: 1, at: noon },
    });
    expect([...fleet.clusters.keys()]).toEqual(['p/one']);
  });

  test('whose clusters could not be listed keeps their number, marked as old', () => {
    const fleet = fleetAfter([
      { projects: { a: ['p'] }, clusters: { p: ['one', 'two'] } },
      { clusters: { p: timeout } },
    ]);
    expect(fleet.projects.get('p')?.listing).toEqual({
      kind: 'stale',
      value: 2,
      at: noon,
      failure: timeout,
    });
    expect(fleet.clusters.size).toBe(2);
  });

  test('that nobody listed is not made up from a listing of its clusters', () => {
    const fleet = fleetAfter([{ clusters: { p: ['one'] } }]);
    expect(ids(fleet)).toEqual([]);
  });
});

describe('an account', () => {
  test('that fails keeps its projects and the named ones that were missing', () => {
    const fleet = fleetAfter([{ projects: { a: ['p', '!gone'] } }, { projects: { a: timeout } }], {
      a: ['gone'],
    });
    expect(ids(fleet)).toEqual(['p']);
    expect(fleet.accounts.get('a')?.listing).toMatchObject({ kind: 'stale', value: ['gone'] });
  });

  test('that fails removes nothing of another', () => {
    const accounts = { a: [], b: [] };
    const fleet = fleetAfter(
      [{ projects: { a: ['p'], b: ['q'] } }, { projects: { a: timeout, b: [] } }],
      accounts,
    );
    expect(ids(fleet)).toEqual(['p', 'q']);
    expect(
      ids(
        fleetAfter(
          [{ projects: { a: ['p'], b: ['q'] } }, { projects: { a: [] } }, { projects: { a: [] } }],
          accounts,
        ),
      ),
    ).toEqual(['q']);
  });
});

describe('a project that goes over from one account to another', () => {
  const accounts = { first: [], second: [] };
  const begun = { projects: { first: ['p'], second: [] }, clusters: { p: ['x'] } };

  test.each([
    ['first', { projects: { first: [], second: ['p'] } }],
    ['last', { projects: { second: ['p'], first: [] } }],
  ])('keeps its clusters, though the one that lost it answered %s', (_, found) => {
    const fleet = fleetAfter([begun, found, found, found], accounts);
    expect(accountOf(fleet, 'p')).toBe('second');
    expect(fleet.projects.get('p')?.absences).toBe(0);
    expect([...fleet.clusters.keys()]).toEqual(['p/x']);
  });

  test('goes when neither lists it twice', () => {
    const neither = { projects: { first: [], second: [] } };
    expect(ids(fleetAfter([begun, neither], accounts))).toEqual(['p']);
    expect(ids(fleetAfter([begun, neither, neither], accounts))).toEqual([]);
  });
});
