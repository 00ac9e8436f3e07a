import { expect, test } from 'vitest';
import { isOurs, shardOf, wholeFleet } from '../../src/domain/shard.ts';

const keys = Array.from(
  { length: 10_000 },
  (_, n) => `5f00000000000000000000${n % 97}/cluster-${n}`,
);

test('one process has everything', () => {
  expect(keys.every((key) => isOurs(wholeFleet, key))).toBe(true);
});

test.each([2, 3, 4, 7, 100])('of %d shards each key is in exactly one', (total) => {
  for (const key of keys.slice(0, 1_000)) {
    const having = Array.from({ length: total }, (_, index) => index).filter((index) =>
      isOurs({ index, total }, key),
    );
    expect(having).toEqual([shardOf(key, total)]);
  }
});

test.each([2, 4, 10])('%d shards have about the same number of keys', (total) => {
  const counts = Array.from({ length: total }, () => 0);
  for (const key of keys) counts[shardOf(key, total)] = (counts[shardOf(key, total)] ?? 0) + 1;
  const even = keys.length / total;
  for (const count of counts) {
    expect(count).toBeGreaterThan(even * 0.85);
    expect(count).toBeLessThan(even * 1.15);
  }
});

test.each([1, 3, 9])('one shard more than %d takes its share and moves nothing else', (total) => {
  const moved = keys.filter((key) => shardOf(key, total) !== shardOf(key, total + 1));
  expect(moved.every((key) => shardOf(key, total + 1) === total)).toBe(true);
  expect(moved.length / keys.length).toBeCloseTo(1 / (total + 1), 1);
});

test('a key keeps its shard from one version to the next', () => {
  expect(keys.slice(0, 12).map((key) => shardOf(key, 5))).toMatchInlineSnapshot(`
    [
      1,
      0,
      0,
      2,
      2,
      0,
      2,
      0,
      4,
      3,
      3,
      0,
    ]
  `);
});
