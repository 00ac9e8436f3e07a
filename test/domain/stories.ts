import fc from 'fast-check';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { cluster, type Found, fleetAfter, timeout } from './reports.ts';
import { completed, day, noon } from './snapshots.ts';

export const failed = 'failed';
type Answer<T> = T | typeof failed;

/** What Atlas answered in one pass; what is left out was not asked. */
export type Pass = {
  readonly projects?: Answer<readonly string[]> | undefined;
  readonly clusters: Readonly<Record<string, Answer<readonly string[]>>>;
  readonly backups: Readonly<Record<string, Answer<readonly Snapshot[]>>>;
};

/** The configuration names this one. */
export const named = 'q';
export const step = 6 * 3600;

// `x2` is the cluster `x`, deleted and made again.
export const nameOf = (id: string) => id.slice(0, 1);

export function foundIn(pass: Pass, n: number): Found {
  const orFailure = <T, R>(answer: Answer<T>, value: (of: T) => R) =>
    answer === failed ? timeout : value(answer as T);
  const entries = <T, R>(
    of: Readonly<Record<string, Answer<T>>>,
    value: (of: T, key: string) => R,
  ) =>
    Object.fromEntries(
      Object.entries(of).map(([key, answer]) => [key, orFailure(answer, (it) => value(it, key))]),
    );
  return {
    at: noon + n * step,
    projects:
      pass.projects === undefined
        ? {}
        : {
            a: orFailure(pass.projects, (ids) => [
              ...ids,
              ...(ids.includes(named) ? [] : [`!${named}`]),
            ]),
          },
    clusters: entries(pass.clusters, (ids, project) =>
      ids.map((id) => cluster(`${project}/${nameOf(id)}`, { id: `${project}/${id}` })),
    ),
    backups: entries(pass.backups, (snapshots) => snapshots),
  };
}

// Some live through all passes, some expire on the way.
export const snapshots = [1, 2, 3].map((n) =>
  completed(noon - n * day, { expiresAt: noon - n * day + (n === 2 ? 90 * day : 3 * day) }),
);
const answered = <T>(answers: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: answers }, { weight: 1, arbitrary: fc.constant(failed) });
const clusterIds = fc.constantFrom<string[]>(['x', 'y'], ['x', 'y'], ['y'], ['x2', 'y'], []);
const readings = answered(fc.subarray(snapshots));

const anyPass: fc.Arbitrary<Pass> = fc.record({
  projects: fc.option(
    answered(fc.constantFrom(['p', 'q'], ['p', 'q'], ['p', 'q'], ['p'], ['q'], [])),
    { nil: undefined },
  ),
  clusters: fc.record({ p: answered(clusterIds), q: answered(clusterIds) }, { requiredKeys: [] }),
  backups: fc.record({ 'p/x': readings, 'q/x': readings }, { requiredKeys: [] }),
}) as fc.Arbitrary<Pass>;

export const stories = fc.array(anyPass, { minLength: 1, maxLength: 10 });
export const fleetOf = (passes: readonly Pass[]) => fleetAfter(passes.map(foundIn), { a: [named] });
