import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sharedYield } from '../../src/runtime/event-loop.ts';

function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('work that begins in many places at once leaves turns to all else', async () => {
  const turn = sharedYield();
  const happened: string[] = [];
  const piece = async (n: number) => {
    await turn();
    happened.push(`piece ${n}`);
    busy(6);
  };
  const pieces = Promise.all(Array.from({ length: 5 }, (_, n) => piece(n)));
  let done = false;
  void pieces.then(() => {
    done = true;
  });
  while (!done) {
    await nextTurn();
    happened.push('else');
  }
  const work = happened.filter((one) => one !== 'else');
  expect(work).toEqual([0, 1, 2, 3, 4].map((n) => `piece ${n}`));
  // Never two of them without a turn of something else between.
  for (const [n, one] of happened.entries()) {
    if (one !== 'else' && n > 0) expect(happened[n - 1]).toBe('else');
  }
});

test('short pieces share a turn', async () => {
  const turn = sharedYield();
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 0);
  await Promise.all(Array.from({ length: 1_000 }, () => turn()));
  clearInterval(counting);
  expect(turns).toBeLessThan(20);
});
