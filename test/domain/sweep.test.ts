import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasPassedBetween } from '../../src/domain/sweep.ts';
import { hour, noon } from './snapshots.ts';

const everySeconds = 55 * 60;
const times = fc.integer({ min: noon, max: noon + 10_000_000 });
const id = fc.string({ minLength: 1, maxLength: 24 });

test('it comes round once in every period, at any time of that length', () => {
  fc.assert(
    fc.property(id, times, fc.integer({ min: 2, max: 100_000 }), (of, at, every) => {
      const seconds = Array.from({ length: Math.min(every, 50) }, (_, n) => [
        at + (n * every) / Math.min(every, 50),
        at + ((n + 1) * every) / Math.min(every, 50),
      ]);
      const rounds = seconds.filter(([from = 0, to = 0]) =>
        hasPassedBetween(from, to, { everySeconds: every, of }),
      );
      expect(rounds).toHaveLength(1);
    }),
  );
});

test('it comes round in the same poll whether the clock goes on or back', () => {
  fc.assert(
    fc.property(id, times, times, (of, one, other) => {
      const round = { everySeconds, of };
      expect(hasPassedBetween(one, other, round)).toBe(hasPassedBetween(other, one, round));
      expect(hasPassedBetween(one, one, round)).toBe(false);
    }),
  );
});

test.each([
  ['ids that count up', (n: number) => (0x65f000000000 + n).toString(16).padStart(24, '0')],
  ['ids of one second', (n: number) => `65f00000abcdef0123${n.toString(16).padStart(6, '0')}`],
])('a thousand clusters are spread over the polls: %s', (_, idOf) => {
  const perPoll = Array.from({ length: 11 }, (__, poll) => {
    const [from, to] = [noon + hour + poll * 300, noon + hour + (poll + 1) * 300];
    return Array.from({ length: 1_000 }, (___, n) => idOf(n)).filter((of) =>
      hasPassedBetween(from, to, { everySeconds, of }),
    ).length;
  });
  expect(perPoll.reduce((sum, n) => sum + n)).toBe(1_000);
  // The mean is 91, and chance alone strays from it by less than 40.
  for (const n of perPoll) expect(Math.abs(n - 1_000 / 11)).toBeLessThan(40);
});
