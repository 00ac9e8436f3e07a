import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/domain/cluster.ts';
import { observedIn } from '../../src/domain/collected.ts';
import { dueOf } from '../../src/domain/due.ts';
import type { Fleet } from '../../src/domain/fleet.ts';
import { type ObjectiveRules, objectiveOf } from '../../src/domain/objective.ts';
import { lastKnown } from '../../src/domain/observed.ts';
import { planKey } from '../../src/domain/plan.ts';
import type { UnixSeconds } from '../../src/domain/time.ts';
import { cluster, type Found, fleetAfter, project, timeout } from './reports.ts';
import { everyHours } from './schedules.ts';
import { completed, day, hour, noon, uncompleted } from './snapshots.ts';

const rules: ObjectiveRules = { graceSeconds: hour, stated: () => undefined };

/** Due time of cluster p/x, by its schedule where nothing else is said. */
function dueTimeOf(fleet: Fleet, by = rules): UnixSeconds | undefined {
  const tracked = fleet.clusters.get('p/x');
  if (tracked === undefined) throw new Error('the cluster is gone');
  const known = lastKnown(tracked.backups);
  const facts = { ...tracked, plan: lastKnown(observedIn(tracked.collected, planKey)), known };
  const objective = objectiveOf(by, project('p'), facts);
  if (objective === 'exempt') return undefined;
  return dueOf({ ...tracked, known }, objective, by.graceSeconds)?.at;
}

/** A pass over one cluster. */
const pass = (
  at: UnixSeconds,
  found: Pick<Found, 'backups' | 'schedules'>,
  more: Partial<Cluster> = {},
): Found => ({
  at,
  projects: { a: ['p'] },
  clusters: { p: [cluster('p/x', { id: 'x', ...more })] },
  ...found,
});
const taken = (at: UnixSeconds) => ({ backups: { 'p/x': [completed(at)] } });
const none = { backups: { 'p/x': [] } };
const sixHourly = { schedules: { 'p/x': everyHours(6) } };
const nextAt = (at: UnixSeconds) => ({
  schedules: { 'p/x': everyHours(6, { nextSnapshotAt: at }) },
});

describe('a snapshot is due', () => {
  test('one objective and the grace after the newest completed one', () => {
    const fleet = fleetAfter([pass(noon, { ...taken(noon - 2 * hour), ...sixHourly })]);
    expect(dueTimeOf(fleet)).toBe(noon - 2 * hour + 6 * hour + hour);
  });

  test('whatever else is running or has failed since', () => {
    const backups = {
      'p/x': [
        uncompleted('failed', noon - 60),
        uncompleted('in_progress', noon - 30),
        completed(noon - 5 * hour),
      ],
    };
    expect(dueTimeOf(fleetAfter([pass(noon, { backups, ...sixHourly })]))).toBe(noon + 2 * hour);
  });

  test('counted from the creation of the cluster when none has completed', () => {
    const createdAt = noon - 10 * hour;
    const fleet = fleetAfter([pass(noon, { ...none, ...sixHourly }, { createdAt })]);
    expect(dueTimeOf(fleet)).toBe(createdAt + 7 * hour);
  });

  test('counted from the time in the id when Atlas does not say when it was created', () => {
    const id = `${(noon - 10 * hour).toString(16)}0000000000000000`;
    const more = { id, createdAt: undefined };
    const fleet = fleetAfter([pass(noon, { ...none, ...sixHourly }, more)]);
    expect(dueTimeOf(fleet)).toBe(noon - 3 * hour);
  });

  test('after a failed read as before it, however long ago that was', () => {
    const failed = { backups: { 'p/x': timeout }, schedules: { 'p/x': timeout } };
    const fleet = fleetAfter([
      pass(noon - 9 * day, { ...taken(noon - 9 * day), ...sixHourly }),
      pass(noon, failed),
    ]);
    expect(dueTimeOf(fleet)).toBe(noon - 9 * day + 7 * hour);
  });

  test('every day on flex, whose schedule Atlas does not show', () => {
    const flex = { topology: 'flex', paused: undefined, pitEnabled: undefined } as const;
    expect(dueTimeOf(fleetAfter([pass(noon, taken(noon - hour), flex)]))).toBe(noon + 24 * hour);
  });

  test('every day of legacy backups, whose schedule is another one', () => {
    const backups = { 'p/x': [completed(noon - hour, { source: 'legacy' })] };
    const fleet = fleetAfter([pass(noon, { backups, schedules: { 'p/x': null } })]);
    expect(dueTimeOf(fleet)).toBe(noon + 24 * hour);
  });
});

describe('nothing is due', () => {
  test.each<[string, Found]>([
    ['while the cluster is paused', pass(noon, { ...taken(noon), ...sixHourly }, { paused: true })],
    ['while backup is off', pass(noon, { ...taken(noon), ...sixHourly }, { backupEnabled: false })],
    ['of a free cluster', pass(noon, { ...taken(noon), ...sixHourly }, { instanceSize: 'M0' })],
    ['before the first good read', pass(noon, sixHourly)],
    ['without a schedule', pass(noon, { ...taken(noon), schedules: { 'p/x': null } })],
    [
      'when nothing in the schedule fires',
      pass(noon, { ...taken(noon), schedules: { 'p/x': everyHours(6, { policyItems: [] }) } }),
    ],
    ['before the schedule was read', pass(noon, taken(noon))],
  ])('%s', (_, found) => {
    expect(dueTimeOf(fleetAfter([found]))).toBeUndefined();
  });
});

describe('when backup was seen to be switched on', () => {
  const off = pass(noon - hour, none, { backupEnabled: false });

  test('a snapshot is due one objective after that', () => {
    const fleet = fleetAfter([off, pass(noon, { ...none, ...sixHourly })]);
    expect(dueTimeOf(fleet)).toBe(noon + 7 * hour);
  });

  test('an old snapshot that is still kept changes nothing', () => {
    const fleet = fleetAfter([off, pass(noon, { ...taken(noon - 3 * day), ...sixHourly })]);
    expect(dueTimeOf(fleet)).toBe(noon + 7 * hour);
  });

  test('the next completed snapshot counts as always', () => {
    const fleet = fleetAfter([
      off,
      pass(noon, { ...none, ...sixHourly }),
      pass(noon + 3 * hour, taken(noon + 2 * hour)),
    ]);
    expect(dueTimeOf(fleet)).toBe(noon + 9 * hour);
  });

  test('a process that did not see it says the earlier time', () => {
    const fleet = fleetAfter([pass(noon, { ...none, ...sixHourly })]);
    expect(dueTimeOf(fleet)).toBeLessThan(noon);
  });
});

describe('after a pause that was seen to end', () => {
  const old = taken(noon - 3 * day);
  const paused = pass(noon - hour, { ...old, ...nextAt(noon - 2 * day) }, { paused: true });

  test('the announced run and the grace count', () => {
    const fleet = fleetAfter([paused, pass(noon, { ...old, ...nextAt(noon + 2 * hour) })]);
    expect(dueTimeOf(fleet)).toBe(noon + 3 * hour);
  });

  test('a run that is put off again does not put off the due time', () => {
    const fleet = fleetAfter([
      paused,
      pass(noon, { ...old, ...nextAt(noon + 2 * hour) }),
      pass(noon + 3 * hour, { ...old, ...nextAt(noon + 8 * hour) }),
    ]);
    expect(dueTimeOf(fleet)).toBe(noon + 3 * hour);
  });

  test('one objective counts while no run is announced, or one from before the pause', () => {
    for (const at of [undefined, noon - 2 * day, noon]) {
      const schedules = { 'p/x': everyHours(6, { nextSnapshotAt: at }) };
      expect(dueTimeOf(fleetAfter([paused, pass(noon, { ...old, schedules })]))).toBe(
        noon + 7 * hour,
      );
    }
  });

  test('one objective counts when the announced run is later still', () => {
    const fleet = fleetAfter([paused, pass(noon, { ...old, ...nextAt(noon + 5 * day) })]);
    expect(dueTimeOf(fleet)).toBe(noon + 7 * hour);
  });

  test('a schedule that could not be read at once counts when it is read', () => {
    const fleet = fleetAfter([
      paused,
      pass(noon, { ...old, schedules: { 'p/x': timeout } }),
      pass(noon + 300, { ...old, ...nextAt(noon + 2 * hour) }),
    ]);
    expect(dueTimeOf(fleet)).toBe(noon + 3 * hour);
  });

  test('a snapshot from just before a short pause keeps its own due time', () => {
    const fresh = taken(noon - hour);
    const fleet = fleetAfter([
      pass(noon - 1800, { ...fresh, ...sixHourly }, { paused: true }),
      pass(noon, { ...fresh, ...nextAt(noon + hour) }),
    ]);
    expect(dueTimeOf(fleet)).toBe(noon + 6 * hour);
  });

  test('the next completed snapshot ends it', () => {
    const fleet = fleetAfter([
      paused,
      pass(noon, { ...old, ...nextAt(noon + 2 * hour) }),
      pass(noon + 3 * hour, taken(noon + 2 * hour)),
    ]);
    expect(dueTimeOf(fleet)).toBe(noon + 9 * hour);
  });

  test('a second pause starts anew', () => {
    const fleet = fleetAfter([
      paused,
      pass(noon, { ...old, ...nextAt(noon + 2 * hour) }),
      pass(noon + hour, old, { paused: true }),
      pass(noon + day, { ...old, ...nextAt(noon + day + 4 * hour) }),
    ]);
    expect(dueTimeOf(fleet)).toBe(noon + day + 5 * hour);
  });

  test('a process that did not see the pause says the earlier time', () => {
    const fleet = fleetAfter([pass(noon, { ...old, ...nextAt(noon + 2 * hour) })]);
    expect(dueTimeOf(fleet)).toBe(noon - 3 * day + 7 * hour);
  });
});

describe('a schedule that was seen to ask for more', () => {
  const daily = pass(noon - 300, {
    ...taken(noon - 20 * hour),
    schedules: { 'p/x': everyHours(24) },
  });

  test('does not make the past late', () => {
    const hourly = { ...taken(noon - 20 * hour), schedules: { 'p/x': everyHours(1) } };
    expect(dueTimeOf(fleetAfter([daily, pass(noon, hourly)]))).toBe(noon + 2 * hour);
  });

  test('never puts off what was due before it', () => {
    const late = { ...taken(noon - 26 * hour), schedules: { 'p/x': everyHours(24) } };
    const after = { ...taken(noon - 26 * hour), schedules: { 'p/x': everyHours(1) } };
    const before = dueTimeOf(fleetAfter([pass(noon - 300, late)]));
    expect(dueTimeOf(fleetAfter([pass(noon - 300, late), pass(noon, after)]))).toBe(before);
  });

  test('that does so twice never makes the past late either', () => {
    const taken20 = taken(noon - 20 * hour);
    const every = (hours: number) => ({ ...taken20, schedules: { 'p/x': everyHours(hours) } });
    const fleet = fleetAfter([daily, pass(noon, every(12)), pass(noon + 300, every(6))]);
    expect(dueTimeOf(fleet)).toBe(
      Math.min(noon - 20 * hour + 24 * hour, noon + 300 + 6 * hour) + hour,
    );
    // What was asked for before the newest snapshot has no bearing.
    const since = pass(noon + hour, { ...taken(noon + 1800), schedules: { 'p/x': everyHours(6) } });
    const again = pass(noon + 9 * hour, {
      ...taken(noon + 1800),
      schedules: { 'p/x': everyHours(1) },
    });
    expect(dueTimeOf(fleetAfter([daily, pass(noon, every(6)), since, again]))).toBe(
      noon + 1800 + 7 * hour,
    );
  });

  test('counts as it stands from the next snapshot on', () => {
    const fleet = fleetAfter([
      daily,
      pass(noon, { ...taken(noon - 20 * hour), schedules: { 'p/x': everyHours(1) } }),
      pass(noon + hour, taken(noon + 600)),
    ]);
    expect(dueTimeOf(fleet)).toBe(noon + 600 + 2 * hour);
  });

  test('changes nothing where an override says what counts', () => {
    const by: ObjectiveRules = {
      ...rules,
      stated: () => ({ seconds: 2 * hour, source: 'override' }),
    };
    const hourly = { ...taken(noon - 20 * hour), schedules: { 'p/x': everyHours(1) } };
    expect(dueTimeOf(fleetAfter([daily, pass(noon, hourly)]), by)).toBe(noon - 17 * hour);
  });
});

test('a cluster made again under its old name inherits no pause and no switching on', () => {
  const fleet = fleetAfter([
    pass(noon - hour, none, { paused: true, backupEnabled: false }),
    pass(noon, { ...none, ...sixHourly }),
    pass(noon + 60, { ...none, ...sixHourly }, { id: 'other', createdAt: noon - day }),
  ]);
  expect(dueTimeOf(fleet)).toBe(noon - day + 7 * hour);
});

test('nothing that was seen makes a snapshot due earlier than the rule for a process that saw nothing', () => {
  const event = fc.record({
    after: fc.integer({ min: 60, max: 9 * hour }),
    paused: fc.boolean(),
    backupEnabled: fc.boolean(),
    every: fc.constantFrom(1, 6, 24),
    next: fc.integer({ min: -day, max: day }),
    fresh: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (events) => {
      let at = noon;
      let newest = noon - hour;
      const passes = events.map(({ after, paused, backupEnabled, every, next, fresh }) => {
        at += after;
        if (fresh) newest = at - 30;
        const schedules = { 'p/x': everyHours(every, { nextSnapshotAt: at + next }) };
        return pass(at, { ...taken(newest), schedules }, { paused, backupEnabled });
      });
      const seen = dueTimeOf(fleetAfter(passes));
      const unseen = dueTimeOf(fleetAfter(passes.slice(-1)));
      expect(seen === undefined).toBe(unseen === undefined);
      if (seen === undefined || unseen === undefined) return;
      expect(seen).toBeGreaterThanOrEqual(unseen);
      // Nor later than a day, the longest of the objectives, and the grace after the last event.
      expect(seen).toBeLessThanOrEqual(at + 25 * hour);
    }),
    { numRuns: 500 },
  );
});
