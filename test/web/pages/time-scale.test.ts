import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeScale } from '../../../src/web/pages/cluster/time-scale.ts';
import { day, hour, noon } from '../../domain/snapshots.ts';

const moments = fc.array(fc.integer({ min: noon - 900 * day, max: noon + 900 * day }), {
  minLength: 1,
  maxLength: 20,
});

test('later is further right, all within the edges, however far away', () => {
  fc.assert(
    fc.property(moments, (all) => {
      const { x } = timeScale([...all, Number.POSITIVE_INFINITY], noon, [100, 900], []);
      const places = all.toSorted((a, b) => a - b).map(x);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      for (const place of places) {
        expect(place).toBeGreaterThanOrEqual(100);
        expect(place).toBeLessThanOrEqual(900);
      }
      expect(x(Number.POSITIVE_INFINITY)).toBe(900);
    }),
  );
});

test('ticks keep away from each other, from now and from a mark', () => {
  const due = noon + 6 * hour;
  const scale = timeScale([noon - 300 * day, noon + 300 * day], noon, [100, 900], [due]);
  expect(scale.ticks.map(({ label }) => label)).toEqual([
    '30d ago',
    '7d ago',
    '1d ago',
    '6h ago',
    '1h ago',
    'in 1h',
    'in 1d',
    'in 7d',
    'in 30d',
  ]);
});
