import { expect, test } from 'vitest';
import { failedReads } from '../../../src/domain/failed-reads.ts';
import type { RawResponse } from '../../../src/simulator/interception.ts';
import { start } from '../../simulator/client.ts';
import { ends, surveying, worldWith } from './surveying.ts';

const world = worldWith(1, 5, 'healthy');
const refused: RawResponse = { status: 429, headers: { 'Retry-After': '1' } };

/** Passes in which Atlas refuses to show the snapshots of one cluster so many times. */
async function refusing() {
  let now = start;
  const it = await surveying(world, { concurrency: 1, now: () => now });
  await it.pass({ discover: true });
  const passOf = (times: number) => {
    now += 300;
    let left = times;
    it.answer(({ path }) => {
      if (!path.includes('/cluster-2/')) return undefined;
      left -= 1;
      return left < 0 ? undefined : refused;
    });
    return it.pass();
  };
  const askedOf = () => it.asked().map((path) => /cluster-\d/.exec(path)?.[0]);
  return { passOf, askedOf };
}

test('who was refused is asked first in the next pass, and once more when all others were', async () => {
  const { passOf, askedOf } = await refusing();
  const first = await passOf(3);
  expect(ends(world, first.backups)).toMatchObject({ 'project-1/cluster-2': 'rate_limited' });
  expect(askedOf().filter((name) => name === 'cluster-2')).toHaveLength(3);

  const next = await passOf(3);
  expect(failedReads(next)).toEqual([]);
  expect(askedOf().slice(0, 3)).toEqual(['cluster-2', 'cluster-2', 'cluster-2']);
  expect(askedOf().slice(3)).toEqual([
    ...['cluster-1', 'cluster-3', 'cluster-4', 'cluster-5'],
    'cluster-2',
  ]);
});

test('who is refused for ever is given up in each pass', async () => {
  const { passOf, askedOf } = await refusing();
  await passOf(1_000);
  const next = await passOf(1_000);
  expect(ends(world, next.backups)).toMatchObject({ 'project-1/cluster-2': 'rate_limited' });
  expect(askedOf().filter((name) => name === 'cluster-2').length).toBeLessThanOrEqual(9);
});
