import { describe, expect, test } from 'vitest';
import { type KeptByFrequency, keptByFrequency } from '../../src/domain/kept.ts';
import { planOf } from '../../src/domain/plan.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { fleetAfter } from './reports.ts';
import { everyHours, item } from './schedules.ts';
import { completed, day, hour, noon, uncompleted } from './snapshots.ts';

const schedule = everyHours(6, {
  policyItems: [
    item('h', 'hourly', 6),
    item('d', 'daily', 1),
    item('mon', 'weekly', 1),
    item('fri', 'weekly', 5),
    item('od', 'on_demand', 1),
    item('odd', 'other', 1),
  ],
});
const kept = (snapshots: readonly Snapshot[]): KeptByFrequency =>
  keptByFrequency(planOf(schedule), snapshots);
const of = (at: number, ...policyItemIds: string[]) => completed(at, { policyItemIds });

describe('the snapshots kept for a policy item', () => {
  test('are those that name it, whatever frequency they carry', () => {
    const daily = completed(noon, { frequency: 'daily', policyItemIds: ['h', 'd'] });
    expect(kept([daily, of(noon - 6 * hour, 'h')])).toMatchObject({
      hourly: { count: 2, newestAt: noon },
      daily: { count: 1, newestAt: noon },
    });
  });

  test('are counted once for several items of one frequency', () => {
    expect(kept([of(noon, 'mon', 'fri'), of(noon - day, 'fri')]).weekly).toEqual({
      count: 2,
      newestAt: noon,
    });
  });

  test('are none, which is a fact, when no snapshot names it', () => {
    expect(kept([of(noon, 'gone'), of(noon)]).hourly).toEqual({ count: 0, newestAt: undefined });
  });

  test('have completed', () => {
    const running = uncompleted('in_progress', noon, { policyItemIds: ['h'] });
    expect(
      kept([running, uncompleted('failed', noon - 60, { policyItemIds: ['h'] })]).hourly,
    ).toEqual({
      count: 0,
      newestAt: undefined,
    });
  });

  test('are unknown for a frequency that the policy does not have, or that nobody knows', () => {
    expect(Object.keys(kept([])).toSorted()).toEqual(['daily', 'hourly', 'on_demand', 'weekly']);
  });
});

test('a new policy is matched with the snapshots known, and new snapshots with the policy known', () => {
  const snapshots = [of(noon - hour, 'h')];
  const first = {
    at: noon,
    projects: { a: ['p'] },
    clusters: { p: ['x'] },
    backups: { 'p/x': snapshots },
  };
  const keptOf = (...more: Parameters<typeof fleetAfter>[0][number][]) =>
    fleetAfter([first, ...more]).clusters.get('p/x')?.kept.hourly?.count;
  expect(keptOf()).toBeUndefined();
  const read = { at: noon, schedules: { 'p/x': schedule } };
  expect(keptOf(read)).toBe(1);
  expect(keptOf(read, { at: noon, backups: { 'p/x': [...snapshots, of(noon, 'h')] } })).toBe(2);
  const other = everyHours(6, { policyItems: [item('h2', 'hourly', 6)] });
  expect(keptOf(read, { at: noon, schedules: { 'p/x': other } })).toBe(0);
  expect(keptOf(read, { at: noon, schedules: { 'p/x': null } })).toBeUndefined();
});
