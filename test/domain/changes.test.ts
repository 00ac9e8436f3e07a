import { describe, expect, test } from 'vitest';
import type { Changes } from '../../src/domain/changes.ts';
import type { Cluster } from '../../src/domain/cluster.ts';
import { dueOf } from '../../src/domain/due.ts';
import { lastKnown } from '../../src/domain/observed.ts';
import { cluster, type Found, fleetAfter } from './reports.ts';
import { everyHours } from './schedules.ts';
import { completed, hour, noon } from './snapshots.ts';

const pass = (at: number, more: Partial<Cluster> = {}, hours?: number): Found => ({
  at,
  projects: { a: ['p'] },
  clusters: { p: [cluster('p/x', { id: 'x', ...more })] },
  backups: { 'p/x': [completed(noon - hour)] },
  ...(hours === undefined
    ? {}
    : { schedules: { 'p/x': everyHours(hours, { nextSnapshotAt: undefined }) } }),
});

function changesAfter(...passes: readonly Found[]): Changes | undefined {
  return fleetAfter(passes).clusters.get('p/x')?.changes;
}

describe('a pause', () => {
  const paused = { paused: true };

  test('counts from the first listing that showed it', () => {
    expect(changesAfter(pass(noon, paused))?.pausedSince).toBe(noon);
    const seen = changesAfter(pass(noon - hour), pass(noon, paused), pass(noon + hour, paused));
    expect(seen?.pausedSince).toBe(noon);
  });

  test('ends with the first listing that does not show it, and starts anew after that', () => {
    expect(changesAfter(pass(noon, paused), pass(noon + 1))?.pausedSince).toBeUndefined();
    const again = changesAfter(pass(noon, paused), pass(noon + 1), pass(noon + 2, paused));
    expect(again?.pausedSince).toBe(noon + 2);
  });
});

describe('a change of the policy', () => {
  test('is dated by the reading that found it', () => {
    const seen = changesAfter(pass(noon, {}, 6), pass(noon + 60, {}, 12), pass(noon + 120, {}, 12));
    expect(seen?.policyChangedAt).toBe(noon + 60);
  });

  test('is none at the first reading', () => {
    expect(changesAfter(pass(noon, {}, 6), pass(noon + 1, {}, 6))?.policyChangedAt).toBe(undefined);
  });
});

describe('a due time tells', () => {
  const derived = (...passes: readonly Found[]) => {
    const tracked = fleetAfter(passes).clusters.get('p/x');
    if (tracked === undefined) throw new Error('the cluster is gone');
    const objective = { seconds: 6 * hour, source: 'schedule' } as const;
    return dueOf({ ...tracked, known: lastKnown(tracked.backups) }, objective, hour);
  };
  const bare = (at: number, more: Partial<Cluster> = {}) => ({
    ...pass(at, { createdAt: noon - 9 * hour, ...more }, 6),
    backups: { 'p/x': [] },
  });

  test('that it counts from a snapshot', () => {
    expect(derived(pass(noon, {}, 6))).toEqual({
      at: noon + 6 * hour,
      from: { what: 'snapshot', at: noon - hour },
      objective: { seconds: 6 * hour, source: 'schedule' },
      graceSeconds: hour,
      decidedBy: 'objective',
    });
  });

  test('that it counts from the creation of the cluster, or from backup being switched on', () => {
    const created = { what: 'cluster_created', at: noon - 9 * hour };
    expect(derived(bare(noon))?.from).toEqual(created);
    const off = bare(noon - hour, { backupEnabled: false });
    expect(derived(off, bare(noon))?.from).toEqual({ what: 'backup_on', at: noon });
  });

  test('that a pause or a tightened schedule put it off', () => {
    const resumed = derived(pass(noon, { paused: true }, 6), pass(noon + 60, {}, 6));
    expect(resumed).toMatchObject({ decidedBy: 'resumed', at: noon + 60 + 7 * hour });
    const tightened = derived(pass(noon, {}, 24), pass(noon + 60, {}, 6));
    expect(tightened).toMatchObject({ decidedBy: 'tightened', at: noon + 60 + 7 * hour });
  });
});
