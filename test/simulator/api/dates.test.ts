import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoDate } from '../../../src/domain/time.ts';
import { listedDate } from '../../../src/simulator/api/dates.ts';

test('a listed date is written as any other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7_000_000_000_000 }), (milliseconds) => {
      expect(listedDate(milliseconds / 1000)).toBe(isoDate(milliseconds / 1000));
    }),
    { numRuns: 1000 },
  );
});
