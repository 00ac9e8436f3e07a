import { describe, expect, test } from 'vitest';
import { isCovered, readState } from '../../src/domain/coverage.ts';
import { cluster, type Found, fleetAfter, timeout } from './reports.ts';
import { everyHours } from './schedules.ts';
import { completed, hour, noon } from './snapshots.ts';

const read: Found = {
  projects: { a: ['p'] },
  clusters: { p: ['x'] },
  backups: { 'p/x': [completed(noon)] },
};
const unread: Found = { projects: { a: ['p'] }, clusters: { p: ['x'] } };
const failing: Found = { backups: { 'p/x': timeout } };

describe('the data of a cluster is', () => {
  test.each<[string, readonly Found[], number, string]>([
    ['unread before the first read', [unread], 0, 'unread'],
    ['unread when none ever worked, however long', [unread, failing], 100 * hour, 'unread'],
    ['fresh after a good read', [read], 0, 'fresh'],
    ['fresh until it is as old as may be', [read], hour, 'fresh'],
    ['expired a second later', [read], hour + 1, 'expired'],
    ['stale after a failed read', [read, failing], 0, 'stale'],
    ['stale until it is as old as may be', [read, failing], hour, 'stale'],
    ['expired when failures last longer', [read, failing], hour + 1, 'expired'],
    ['fresh although the clock stepped back', [read], -2 * hour, 'fresh'],
  ])('%s', (_, passes, later, expected) => {
    const tracked = fleetAfter(passes).clusters.get('p/x');
    expect(tracked && readState(tracked, noon + later, hour)).toBe(expected);
  });
});

describe('the last attempt worked for', () => {
  test.each<[string, readonly Found[], { clusters: boolean; snapshots: boolean }]>([
    ['everything', [read], { clusters: true, snapshots: true }],
    ['nothing before the first poll', [], { clusters: false, snapshots: true }],
    ['the clusters, not the snapshots', [read, failing], { clusters: true, snapshots: false }],
    ['a cluster that was never read: no', [unread], { clusters: true, snapshots: false }],
    [
      'a project whose clusters failed: no',
      [read, { clusters: { p: timeout } }],
      { clusters: false, snapshots: true },
    ],
    [
      'a project whose clusters were not listed yet: no',
      [{ projects: { a: ['p'] } }],
      { clusters: false, snapshots: true },
    ],
    [
      'an account that failed: no',
      [read, { projects: { a: timeout } }],
      { clusters: false, snapshots: true },
    ],
    [
      'an account that misses a named project: no',
      [{ projects: { a: ['!p'] } }],
      { clusters: false, snapshots: true },
    ],
    ['an account without projects', [{ projects: { a: [] } }], { clusters: true, snapshots: true }],
    [
      'everything again once it works again',
      [read, failing, read],
      { clusters: true, snapshots: true },
    ],
  ])('%s', (_, passes, expected) => {
    const fleet = fleetAfter(passes);
    expect({
      clusters: isCovered(fleet, 'clusters'),
      snapshots: isCovered(fleet, 'snapshots'),
    }).toEqual(expected);
  });
});

describe('the last attempt to read schedules', () => {
  const schedules = (of: Found['schedules']) => [{ ...read, schedules: of ?? {} }];
  test.each<[string, readonly Found[], boolean]>([
    ['worked when each was read', schedules({ 'p/x': everyHours(6) }), true],
    ['worked when Atlas says that there is none', schedules({ 'p/x': null }), true],
    ['did not work before there was one', [read], false],
    ['did not work when one failed', schedules({ 'p/x': timeout }), false],
    [
      'did not work when one failed that was known',
      [...schedules({ 'p/x': everyHours(6) }), { schedules: { 'p/x': timeout } }],
      false,
    ],
    [
      'worked without any where there is none to ask for',
      [{ ...read, clusters: { p: [cluster('p/x', { topology: 'flex' })] } }],
      true,
    ],
  ])('%s', (_, passes, expected) => {
    expect(isCovered(fleetAfter(passes), 'schedule')).toBe(expected);
  });
});
