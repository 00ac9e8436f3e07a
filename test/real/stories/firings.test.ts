import { describe, expect, test } from 'vitest';
import { contradictions, type Expected, type Firing, told } from './firings.ts';

const found: readonly Firing[] = [
  { alert: 'Blind', from: 1.5, until: 9.2 },
  { alert: 'Overdue orders', from: 4, until: 6.04 },
  { alert: 'Overdue orders', from: 6.5, until: 8 },
];

describe('what fired', () => {
  test.each<[string, readonly Expected[]]>([
    [
      'in every span what is expected',
      [
        [0, 1],
        [2, 3.9, 'Blind'],
        [4.5, 6, 'Overdue orders', 'Blind'],
        [9, 9.1, 'Blind'],
        [10, 12],
      ],
    ],
    [
      'between the spans anything that is expected in one of them',
      [[5, 6, 'Blind', 'Overdue orders']],
    ],
  ])('agrees when it is %s', (_, expected) => {
    expect(contradictions(found, expected)).toEqual([]);
  });

  test.each<[string, readonly Expected[], string]>([
    ['is not expected anywhere', [[2, 3, 'Blind']], 'never:   4.0 h to   6.0 h  Overdue orders'],
    [
      'begins too late',
      [
        [1, 3, 'Blind'],
        [5, 5, 'Blind', 'Overdue orders'],
      ],
      'not all the time from 1 h to 3 h: Blind',
    ],
    [
      'makes a pause',
      [[4, 8, 'Blind', 'Overdue orders']],
      'not all the time from 4 h to 8 h: Overdue orders',
    ],
    [
      'ends too late',
      [
        [9, 10],
        [5, 5, 'Blind', 'Overdue orders'],
      ],
      'not at all from 9 h to 10 h:   1.5 h to   9.2 h  Blind',
    ],
    [
      'never fires',
      [[5, 5, 'Blind', 'Overdue orders', 'Stuck']],
      'not all the time from 5 h to 5 h: Stuck',
    ],
  ])('is reported when it %s', (_, expected, said) => {
    expect(contradictions(found, expected)).toContain(said);
  });

  test('is told in hours', () => {
    expect(told(found.slice(0, 1))).toBe('  1.5 h to   9.2 h  Blind');
    expect(told([])).toBe('nothing fired');
  });
});
