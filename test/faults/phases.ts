import { expect } from 'vitest';
import {
  checkInvariants,
  expectNotFresher,
  expectTruth,
  grown,
  hit,
  keptFrom,
  own,
  scopeOf,
  scopes,
} from './oracle.ts';
import { play, type Seen, type Truth } from './playing.ts';
import type { Row } from './row.ts';
import { firstProject } from './setting.ts';

export const phases = ['alone', 'in good times', 'and over'] as const;
export type Phase = (typeof phases)[number];

/** Plays one row in one phase, and looks at every page of it. `truth`: by poll, without a fault. */
export async function playPhase(row: Row, phase: Phase, truth: Truth): Promise<void> {
  const it = await play(row);
  const seen: Seen[] = [];
  const poll = async () => {
    const before = seen.at(-1);
    const now = await it.poll();
    checkInvariants(now, before, row, it.logged.join('\n'));
    seen.push(now);
    return { now, before, real: at(truth.polls, seen.length - 1) };
  };
  if (phase === 'alone') {
    await it.breakIt();
    checkAlone(row, await poll());
    await poll();
  } else {
    const first = await poll();
    expectTruth(first.now, first.real);
    expect(own(first.now, 'poll_success')).toBe(1);
    await it.breakIt();
    checkKept(row, await poll(), at(truth.polls, 0), 1);
    if (phase === 'in good times') checkKept(row, await poll(), at(truth.polls, 0), 2);
    else {
      await it.mendIt();
      await poll();
      const { now } = await poll();
      expect(own(now, 'poll_success')).toBe(1);
      checkRecovered(now, truth.fresh);
    }
  }
  for (const line of it.logged) expect(line).not.toContain('internal error');
}

type Polled = { readonly now: Seen; readonly before: Seen | undefined; readonly real: Seen };

function at(truth: readonly Seen[], n: number): Seen {
  const seen = truth[n];
  if (seen === undefined) throw new Error(`no truth for poll ${n}`);
  return seen;
}

/** From the start: what the fault meets is not known, all else is as it is. */
function checkAlone(row: Row, { now, before, real }: Polled): void {
  checkCounters(row, now, before);
  const { expected } = row;
  expectNotFresher(now, real);
  if (expected.kind === 'absorbed') {
    expectTruth(now, real);
    return;
  }
  const met = new Set(hit(row, scopes(real.fleet).keys()));
  if (row.at === 'projects') for (const scope of scopes(real.fleet).keys()) met.add(scope);
  if (row.at === 'clusters') for (const scope of clustersOfFirst(real)) met.add(scope);
  expectTruth(now, real, new Set([...met, ...strangers(now, real)]));
  if (expected.kind !== 'fails') return;
  if (row.at === 'schedule') {
    for (const [key, value] of now.collectors) {
      if (key.includes('_refresh_success ')) {
        expect(value, key).toBe(Number(!met.has(scopeOf(key))));
      }
    }
  }
  for (const [key, value] of now.fleet) {
    if (!met.has(scopeOf(key)) || row.also?.includes(scopeOf(key))) continue;
    const isMark = key.includes('_refresh_success ');
    const claimed = row.at !== 'schedule' && ofSnapshots.test(key);
    expect(claimed, key).toBe(false);
    if (isMark && row.at !== 'schedule') expect(value, key).toBe(0);
  }
}

/** Facts that only a listing of snapshots can tell; events are counted from 0. */
const ofSnapshots = /^mongodbatlas_backup_(snapshots?|refresh_last)(?!\w*_total )[_ ]/;

/** Between good polls: what the fault meets keeps what was known, marked as failed. */
function checkKept(row: Row, polled: Polled, known: Seen, nth: number): void {
  const { now, before, real } = polled;
  const { expected } = row;
  expectNotFresher(now, real);
  if (row.at !== 'schedule') checkCounters(row, now, before, nth);
  if (expected.kind === 'absorbed') {
    expectTruth(now, real);
    return;
  }
  const met = hit(row, scopes(real.fleet).keys());
  if (expected.kind === 'fails') {
    expectTruth(now, real, met);
    if (row.at === 'schedule') return;
    for (const [scope, series] of scopes(known.fleet)) {
      if (!met.has(scope) || row.also?.includes(scope)) continue;
      const kept = keptFrom(series, now.at - known.at);
      expect(sorted(scopes(now.fleet).get(scope))).toEqual(sorted(kept));
    }
    return;
  }
  const touched = new Set([...met, ...strangers(now, real)]);
  if (row.at === 'clusters') for (const scope of clustersOfFirst(real)) touched.add(scope);
  if (row.at === 'projects') for (const scope of scopes(real.fleet).keys()) touched.add(scope);
  expectTruth(now, real, touched);
  if (expected.kind === 'taken' && expected.misnames) return;
  const marks = [...now.fleet].filter(
    ([key]) => key.includes('_refresh_success ') && met.has(scopeOf(key)),
  );
  for (const [key, value] of marks) {
    if (expected.kind === 'doubted') expect(value, key).toBe(nth === 1 ? 0 : 1);
    else if (nth === 2) expect(value, key).toBe(1);
  }
  if (expected.kind === 'confirmed' && nth === 1) {
    // I5: nothing goes at first sight.
    const names = (seen: Seen) => [...scopes(seen.fleet).keys()].sort();
    expect(names(now)).toEqual(names(known));
  }
}

/** N4: the same page as of a process that has seen nothing but the end. */
function checkRecovered(now: Seen, fresh: Seen): void {
  const shown = (seen: Seen) =>
    Object.fromEntries([...seen.fleet].filter(([key]) => !remembered.test(key)).sort());
  expect(shown(now)).toEqual(shown(fresh));
}

/** What only a process can tell that has seen it happen. */
const remembered = /_(total|last_duration_seconds) /;

function checkCounters(row: Row, now: Seen, before: Seen | undefined, nth = 1): void {
  const { expected, shows = {} } = row;
  const errors = (reason: string) =>
    grown(now, before, 'errors_total', reason === '' ? {} : { reason });
  if (expected.kind === 'fails') {
    expect(errors(expected.reason), `errors of reason ${expected.reason}`).toBeGreaterThan(0);
    expect(errors(''), 'errors of any other reason').toBe(errors(expected.reason));
  } else if (expected.kind !== 'taken' || expected.misnames !== true) {
    // What is left of a listing may contradict the one before: that waits for a second one, and is told.
    const doubted = errors('unconfirmed');
    expect(errors('')).toBe(doubted);
    if (expected.kind === 'absorbed' || nth > 1) expect(doubted).toBe(0);
    else if (expected.kind === 'doubted' && before !== undefined)
      expect(doubted).toBeGreaterThan(0);
  }
  if (expected.kind === 'taken' && nth === 1) {
    const { rejected, unknown } = expected;
    const seen = {
      rejected: rejected && grown(now, before, 'records_rejected_total', { reason: rejected }) > 0,
      unknown: unknown && grown(now, before, 'unknown_values_total', { field: unknown }) > 0,
    };
    expect(seen).toEqual({ rejected: rejected && true, unknown: unknown && true });
  }
  for (const [key, value] of Object.entries(shows)) {
    expect({ [key]: now.own.get(key) ?? now.fleet.get(key) }).toEqual({ [key]: value });
  }
}

function clustersOfFirst(real: Seen): readonly string[] {
  return [...real.fleet.keys()].filter((key) => key.includes(firstProject)).map(scopeOf);
}

/** Scopes that the truth does not have: a fault that makes up names. */
function strangers(now: Seen, real: Seen): readonly string[] {
  const known = scopes(real.fleet);
  return [...scopes(now.fleet).keys()].filter((scope) => !known.has(scope));
}

/** Without the announced run, which is not shown any more once it has passed. */
function sorted(series: Iterable<[string, number]> = []): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...series].filter(([key]) => !key.includes('_schedule_next_snapshot_')).sort(),
  );
}
