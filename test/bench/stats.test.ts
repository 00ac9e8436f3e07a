import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figure, median, ratios, summary } from '../../bench/stats.ts';

describe('a median', () => {
  test.each([
    [[], Number.NaN],
    [[3], 3],
    [[9, 1], 5],
    [[10, 9, 1], 9],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('has as many values above as below', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(below).toBeLessThanOrEqual(values.length / 2);
        expect(above).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

test('a summary tells the least and the most', () => {
  expect(summary([2, 7, 3])).toEqual({ median: 3, min: 2, max: 7 });
});

test('ratios are of values of the same round, and of no round that one of them lacks', () => {
  expect(ratios([6, 9, 4], [3, 3])).toEqual([2, 3]);
});

test.each([
  [0, '0'],
  [0.01234, '0.0123'],
  [1.045, '1.05'],
  [25, '25'],
  [999.9, '1,000'],
  [1234.5, '1,235'],
])('%d reads as %s', (value, text) => {
  expect(figure(value)).toBe(text);
});
