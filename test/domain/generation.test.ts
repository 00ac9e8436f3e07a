import { describe, expect, test } from 'vitest';
import { failedReads } from '../../src/domain/failed-reads.ts';
import { advance, newFleet } from '../../src/domain/fleet.ts';
import {
  firstGeneration,
  type Generation,
  incomplete,
  nextGeneration,
} from '../../src/domain/generation.ts';
import { type Found, report, timeout } from './reports.ts';
import { completed, noon } from './snapshots.ts';

const unpolled = firstGeneration(newFleet([{ name: 'a', namedProjects: [] }]), [
  'clusters',
  'snapshots',
]);
const good: Found = {
  projects: { a: ['p'] },
  clusters: { p: ['x'] },
  backups: { 'p/x': [completed(noon)] },
};

/** The generation after these passes, five minutes apart, each of which took two seconds. */
function generationAfter(...passes: readonly Found[]): Generation {
  return passes.reduce((before, found, n) => {
    const made = report({ at: noon + n * 300, ...found });
    return nextGeneration(before, advance(before.fleet, made), made, 2);
  }, unpolled);
}

test('before the first poll nothing has succeeded and nothing was completed', () => {
  expect(unpolled.number).toBe(0);
  expect(unpolled.polls).toEqual({
    success: false,
    lastSuccessAt: 0,
    lastCompletedAt: 0,
    lastDurationSeconds: undefined,
    clustersOverLimit: 0,
    collectors: { clusters: false, snapshots: false },
  });
});

test('a collector that is off counts for nothing, one that is on does', () => {
  const made = report({ ...good, schedules: { 'p/x': timeout } });
  const after = (collectors: Parameters<typeof firstGeneration>[1]) => {
    const before = firstGeneration(unpolled.fleet, collectors);
    return nextGeneration(before, advance(before.fleet, made), made, 2).polls;
  };
  expect(after(['clusters', 'snapshots'])).toMatchObject({ success: true });
  expect(after(['clusters', 'snapshots']).collectors).not.toHaveProperty('schedule');
  expect(after(['clusters', 'snapshots', 'schedule'])).toMatchObject({
    success: false,
    collectors: { clusters: true, snapshots: true, schedule: false },
  });
});

test('a poll that covered everything is a success, at its end', () => {
  expect(generationAfter(good)).toMatchObject({
    number: 1,
    polls: {
      success: true,
      lastSuccessAt: noon,
      lastCompletedAt: noon,
      lastDurationSeconds: 2,
      collectors: { clusters: true, snapshots: true },
    },
  });
});

test.each<[string, Found, { clusters: boolean; snapshots: boolean }]>([
  ['a failed account', { projects: { a: timeout } }, { clusters: false, snapshots: true }],
  ['a failed project', { clusters: { p: timeout } }, { clusters: false, snapshots: true }],
  ['a failed cluster', { backups: { 'p/x': timeout } }, { clusters: true, snapshots: false }],
])('%s makes the poll a failure, and the last success stays', (_, found, collectors) => {
  expect(generationAfter(good, found)).toMatchObject({
    number: 2,
    polls: { success: false, lastSuccessAt: noon, lastCompletedAt: noon + 300, collectors },
  });
});

describe('clusters left out by the limit', () => {
  test('make the poll a failure, though every collector worked', () => {
    expect(generationAfter({ ...good, clustersOverLimit: 3 }).polls).toMatchObject({
      success: false,
      lastSuccessAt: 0,
      collectors: { clusters: true, snapshots: true },
    });
  });

  test('are forgotten when none is left out any more', () => {
    expect(generationAfter({ ...good, clustersOverLimit: 3 }, good).polls.success).toBe(true);
  });
});

describe('a generation that could not be rendered in full', () => {
  test('is no success, and the last success is the one before it', () => {
    const before = generationAfter(good);
    const next = generationAfter(good, good);
    expect(incomplete(next, before)).toEqual({
      ...next,
      polls: { ...next.polls, success: false, lastSuccessAt: noon },
    });
  });

  test('keeps its own last success when no poll followed', () => {
    expect(incomplete(generationAfter(good)).polls).toMatchObject({
      success: false,
      lastSuccessAt: noon,
    });
  });
});

test('every failed read of a report is told, with its collector and scope', () => {
  const made = report({
    projects: { a: timeout, b: ['p', '!lost', '!gone'] },
    clusters: { p: timeout, q: ['x'] },
    backups: { 'q/x': timeout, 'q/y': [] },
  });
  const missing = { reason: 'not_found', endpoint: 'projects', detail: 'named' };
  expect(failedReads(made)).toEqual([
    { collector: 'clusters', failure: timeout, scope: 'a' },
    { collector: 'clusters', failure: missing, scope: 'lost' },
    { collector: 'clusters', failure: missing, scope: 'gone' },
    { collector: 'clusters', failure: timeout, scope: 'p' },
    { collector: 'snapshots', failure: timeout, scope: 'q/x' },
  ]);
});
