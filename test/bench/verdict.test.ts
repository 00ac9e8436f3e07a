import { describe, expect, test } from 'vitest';
import type { Goal, Part } from '../../bench/goals.ts';
import { type Reading, tolerantVerdictOf, verdictOf } from '../../bench/verdict.ts';

const less: Goal = {
  ...{ id: 'S1', what: '', meaning: '', unit: 'times', better: 'less', parts: [] },
};
const more: Goal = { ...less, better: 'more' };
const part: Part = { name: '', must: 10, reach: 5 };
const upward: Part = { name: '', must: 10, reach: 20 };

function measured(...values: number[]): Reading {
  return { kind: 'measured', values };
}

describe('a verdict', () => {
  test.each([
    [less, part, measured(4), 'reached'],
    [less, part, measured(5), 'reached'],
    [less, part, measured(6), 'holds'],
    [less, part, measured(10), 'holds'],
    [less, part, measured(11), 'fails'],
    [less, part, measured(Number.NaN), 'fails'],
    [more, upward, measured(20), 'reached'],
    [more, upward, measured(10), 'holds'],
    [more, upward, measured(9), 'fails'],
  ] as const)('of %o, %o, %o is %s', (goal, one, reading, verdict) => {
    expect(verdictOf(goal, one, reading)).toBe(verdict);
  });

  test('goes by the median', () => {
    expect(verdictOf(less, part, measured(1, 4, 1_000))).toBe('reached');
  });

  test('of what was skipped is no success, and of what was forgotten a failure', () => {
    expect(verdictOf(less, part, { kind: 'skipped', why: 'no Go' })).toBe('skipped');
    expect(verdictOf(less, part, undefined)).toBe('fails');
  });

  test('about a reach alone never fails', () => {
    expect(verdictOf(less, { name: '', reach: 5 }, measured(6))).toBe('missed');
  });
});

describe('a tolerant verdict', () => {
  test('fails only beyond twice the must', () => {
    expect(tolerantVerdictOf(less, part, measured(20))).toBe('missed');
    expect(tolerantVerdictOf(less, part, measured(21))).toBe('fails');
    expect(tolerantVerdictOf(more, upward, measured(5))).toBe('missed');
    expect(tolerantVerdictOf(more, upward, measured(4))).toBe('fails');
  });

  test('never fails by an absolute time', () => {
    expect(tolerantVerdictOf({ ...less, unit: 'ms' }, part, measured(500))).toBe('missed');
  });

  test('knows no tolerance between yes and no, nor for what was forgotten', () => {
    const yes: Part = { name: '', must: 1, reach: 1 };
    expect(tolerantVerdictOf({ ...more, unit: 'yes' }, yes, measured(0))).toBe('fails');
    expect(tolerantVerdictOf(less, part, undefined)).toBe('fails');
    expect(tolerantVerdictOf(less, part, measured(Number.NaN))).toBe('fails');
  });
});
