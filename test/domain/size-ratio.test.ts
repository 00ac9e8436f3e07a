import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { previousSizeRatio, sizeRatio } from '../../src/domain/sizes.ts';
import { completed, day, hour, noon } from './snapshots.ts';

/** Snapshots an hour apart, the newest first. */
const sized = (...sizes: readonly (number | undefined)[]) =>
  sizes.map((sizeBytes, n) => completed(noon - n * hour, { sizeBytes }));

describe('the size ratio', () => {
  test.each([
    ['is of the newest over the median of those before', sized(300, 100, 200, 50, 100), 3],
    ['takes the middle between the two middle ones', sized(300, 100, 200, 100, 200), 2],
    [
      'looks at the last eight',
      sized(10, 5, 5, 5, 5, 5, 5, 5, 5, 900, 900, 900, 900, 900, 900, 900, 900, 900),
      2,
    ],
    ['passes over those without a size', sized(10, undefined, 5, 5, undefined, 5, 5), 2],
    ['is 0 for an empty newest one', sized(0, 5, 5, 5, 5), 0],
    ['is absent with three earlier ones', sized(10, 5, 5, 5), undefined],
    ['is absent when the newest has no size', sized(undefined, 5, 5, 5, 5), undefined],
    ['is absent over a median of 0', sized(10, 0, 0, 0, 0), undefined],
    ['is absent without snapshots', [], undefined],
  ])('%s', (_, listing, expected) => {
    expect(sizeRatio(listing)).toBe(expected);
  });

  test('compares with snapshots of the same frequency only', () => {
    const weekly = [1, 2, 3, 4, 5].map((n) =>
      completed(noon - n * 7 * day, { frequency: 'weekly', sizeBytes: 1 }),
    );
    expect(sizeRatio([...sized(10, 5, 5, 5, 5), ...weekly])).toBe(2);
    expect(sizeRatio([...sized(10), ...weekly])).toBeUndefined();
  });

  test('does not compare a cloud snapshot with a legacy one', () => {
    const legacy = sized(10, 1, 1, 1, 1).map((one) => ({ ...one, frequency: undefined }));
    const [newest] = legacy;
    const older = legacy.slice(1).map((one) => ({ ...one, source: 'legacy' as const }));
    expect(sizeRatio([...(newest ? [newest] : []), ...older])).toBeUndefined();
  });

  test.each([
    ['is that of the snapshot before', sized(1, 300, 100, 200, 50, 100), 3],
    ['does not need a size of the newest', sized(undefined, 10, 5, 5, 5, 5), 2],
    ['passes over one without a size', sized(1, undefined, 10, 5, 5, 5, 5), 2],
    ['is absent with three before that', sized(1, 10, 5, 5, 5), undefined],
    ['is absent without snapshots', [], undefined],
  ])('of the snapshot before %s', (_, listing, expected) => {
    expect(previousSizeRatio(listing)).toBe(expected);
  });

  test('of the snapshot before is of the frequency of the newest', () => {
    const daily = completed(noon - 60, { frequency: 'daily', sizeBytes: 1 });
    const [newest, ...earlier] = sized(10, 20, 5, 5, 5, 5);
    expect(previousSizeRatio([...(newest ? [newest] : []), daily, ...earlier])).toBe(4);
  });

  test('agrees with a naive median', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 5, maxLength: 20 });
    fc.assert(
      fc.property(sizes, (all) => {
        const [newest = 0, ...earlier] = all;
        const sorted = earlier.slice(0, 8).toSorted((a, b) => a - b);
        const middle = (sorted.length - 1) / 2;
        const lower = sorted[Math.floor(middle)] ?? 0;
        const upper = sorted[Math.ceil(middle)] ?? 0;
        expect(sizeRatio(sized(...all))).toBeCloseTo(newest / ((lower + upper) / 2), 12);
      }),
    );
  });
});
