import { describe, expect, test } from 'vitest';
import type { Failure } from '../../src/domain/failure.ts';
import {
  failureOf,
  lastKnown,
  lastReadAt,
  type Observed,
  observe,
  pending,
} from '../../src/domain/observed.ts';

const timeout: Failure = { reason: 'timeout', endpoint: 'snapshots', detail: '' };
const refused: Failure = { reason: 'auth', endpoint: 'projects', detail: '401' };
const states: Readonly<Record<Observed<string>['kind'], Observed<string>>> = {
  pending,
  fresh: { kind: 'fresh', value: 'old', at: 100 },
  stale: { kind: 'stale', value: 'old', at: 100, failure: timeout },
  failed: { kind: 'failed', failure: timeout },
};

test.each(Object.values(states))('a good outcome replaces what was $kind', (before) => {
  expect(observe(before, { kind: 'read', value: 'new', at: 200 })).toEqual({
    kind: 'fresh',
    value: 'new',
    at: 200,
  });
});

describe('a failure', () => {
  const outcome = { kind: 'failed', failure: refused } as const;

  test.each([states.fresh, states.stale])('keeps what was $kind, with its time', (before) => {
    expect(observe(before, outcome)).toEqual({
      kind: 'stale',
      value: 'old',
      at: 100,
      failure: refused,
    });
  });

  test.each([states.pending, states.failed])('is all there is of what was $kind', (before) => {
    expect(observe(before, outcome)).toEqual({ kind: 'failed', failure: refused });
  });
});

test.each([
  ['pending', undefined, undefined, undefined],
  ['fresh', 'old', 100, undefined],
  ['stale', 'old', 100, timeout],
  ['failed', undefined, undefined, timeout],
] as const)('of what is %s, the value is %s, read at %s', (kind, value, at, failure) => {
  expect(lastKnown(states[kind])).toBe(value);
  expect(lastReadAt(states[kind])).toBe(at);
  expect(failureOf(states[kind])).toBe(failure);
});
