import { describe, expect, test } from 'vitest';
import { noChanges } from '../../src/domain/changes.ts';
import type { Fleet } from '../../src/domain/fleet.ts';
import { newHistory } from '../../src/domain/history.ts';
import { lastKnown } from '../../src/domain/observed.ts';
import { cluster, type Found, fleetAfter, timeout } from './reports.ts';
import { completed, day, hour, noon } from './snapshots.ts';

const keys = (fleet: Fleet) => [...fleet.clusters.keys()];
const one = completed(noon - hour);
const first: Found = {
  projects: { a: ['p'] },
  clusters: { p: ['x', 'y'] },
  backups: { 'p/x': [one], 'p/y': [one] },
};

describe('a cluster', () => {
  test('is there from the first listing that shows it, unread', () => {
    const fleet = fleetAfter([{ projects: { a: ['p'] }, clusters: { p: ['x'] } }]);
    expect(fleet.clusters.get('p/x')).toMatchObject({
      backups: { kind: 'pending' },
      history: newHistory,
    });
  });

  test('goes after two complete listings of its project without it', () => {
    const without = { clusters: { p: ['y'] } };
    expect(keys(fleetAfter([first, without]))).toEqual(['p/x', 'p/y']);
    expect(keys(fleetAfter([first, without, without]))).toEqual(['p/y']);
  });

  test('is not given up by listings in which some record could not be used', () => {
    const unsure = { clusters: { p: ['y'] }, unreliable: ['p'] };
    expect(keys(fleetAfter([first, unsure, unsure, unsure]))).toEqual(['p/x', 'p/y']);
    const without = { clusters: { p: ['y'] } };
    expect(keys(fleetAfter([first, without, unsure, without]))).toEqual(['p/y']);
  });

  test.each<[string, Found]>([
    ['a failed listing of its project', { clusters: { p: timeout } }],
    ['a pass that did not list its project', {}],
    ['a failed listing of the projects', { projects: { a: timeout } }],
    ['a failed read of its snapshots', { backups: { 'p/x': timeout } }],
  ])('is not given up by %s after one listing without it', (_, found) => {
    expect(keys(fleetAfter([first, { clusters: { p: ['y'] } }, found, found]))).toEqual([
      'p/x',
      'p/y',
    ]);
  });

  test('outlives a listing that is suddenly empty, with all that is known', () => {
    const fleet = fleetAfter([first, { clusters: { p: [] } }]);
    expect(keys(fleet)).toEqual(['p/x', 'p/y']);
    expect(fleet.clusters.get('p/x')?.backups.kind).toBe('fresh');
  });

  test('that is back between two absences starts anew', () => {
    const without = { clusters: { p: ['y'] } };
    expect(keys(fleetAfter([first, without, { clusters: { p: ['x', 'y'] } }, without]))).toEqual([
      'p/x',
      'p/y',
    ]);
  });

  test('is still read while it is missing from the listing', () => {
    const newer = completed(noon);
    const fleet = fleetAfter([first, { clusters: { p: ['y'] }, backups: { 'p/x': [newer, one] } }]);
    const tracked = fleet.clusters.get('p/x');
    expect(tracked && lastKnown(tracked.backups)?.newestCompleted).toEqual(newer);
  });

  test('takes over what the listing says about it, and keeps its snapshots', () => {
    const paused = cluster('p/x', { paused: true, instanceSize: 'M30' });
    const fleet = fleetAfter([first, { clusters: { p: [paused, 'y'] } }]);
    expect(fleet.clusters.get('p/x')).toMatchObject({
      cluster: { paused: true, instanceSize: 'M30' },
      backups: { kind: 'fresh', value: { newestCompleted: { id: one.id } } },
    });
  });

  test('made again under its old name inherits nothing', () => {
    const gone = completed(noon - 2 * day);
    const grown: Found = { backups: { 'p/x': [one, gone] } };
    const again = cluster('p/x', { id: 'another' });
    const fleet = fleetAfter([
      first,
      grown,
      { backups: { 'p/x': [one] } },
      { clusters: { p: [again] } },
    ]);
    expect(fleet.clusters.get('p/x')).toEqual({
      cluster: again,
      backups: { kind: 'pending' },
      collected: {},
      kept: {},
      history: newHistory,
      changes: noChanges,
      absences: 0,
      suspect: false,
    });
  });

  test('of one name in two projects is two', () => {
    const fleet = fleetAfter([
      { projects: { a: ['p', 'q'] }, clusters: { p: ['x'], q: ['x'] }, backups: { 'p/x': [one] } },
    ]);
    expect(fleet.clusters.get('p/x')?.backups.kind).toBe('fresh');
    expect(fleet.clusters.get('q/x')?.backups.kind).toBe('pending');
  });
});

test('a pass leaves the fleet before it as it was', () => {
  const before = fleetAfter([first]);
  const copy = structuredClone(before);
  fleetAfter([first, { projects: { a: [] }, clusters: { p: [] }, backups: { 'p/x': timeout } }]);
  expect(before).toEqual(copy);
});
