import { expect, test } from 'vitest';
import { newGate } from '../../src/runtime/gate.ts';

/** Work that ends when it is told to. */
function works() {
  const begun: string[] = [];
  const end = new Map<string, () => void>();
  return {
    begun,
    work: (name: string) => () => {
      begun.push(name);
      return new Promise<string>((resolve) => end.set(name, () => resolve(name)));
    },
    end: async (name: string) => {
      end.get(name)?.();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    },
  };
}

test('so many work at a time, and what comes of each is given', async () => {
  const { begun, work, end } = works();
  const gate = newGate(2);
  const all = ['a', 'b', 'c', 'd'].map((name) => gate.run(work(name), 0));
  expect(begun).toEqual(['a', 'b']);
  expect(gate.waiting()).toBe(2);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  expect(gate.waiting()).toBe(1);
  for (const name of ['a', 'c', 'd']) await end(name);
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

test('the highest priority comes first, and of equals who came first', async () => {
  const { begun, work, end } = works();
  const gate = newGate(1);
  const order = [
    ['first', 0],
    ['last', Number.NEGATIVE_INFINITY],
    ['low', -5],
    ['high', 7],
    ['low too', -5],
    ['high too', 7],
    ['middle', 0],
  ] as const;
  for (const [name, priority] of order) void gate.run(work(name), priority);
  const expected = ['first', 'high', 'high too', 'middle', 'low', 'low too', 'last'];
  for (const name of expected) await end(name);
  expect(begun).toEqual(expected);
});

test('who fails makes room, too, and all who left are counted', async () => {
  let left = 0;
  const gate = newGate(1, () => {
    left += 1;
  });
  const failing = gate.run(() => Promise.reject(new Error('no')), 0);
  const thrown = gate.run(() => {
    throw new Error('at once');
  }, 0);
  const after = gate.run(async () => 'yes', 0);
  await expect(failing).rejects.toThrow('no');
  await expect(thrown).rejects.toThrow('at once');
  expect(await after).toBe('yes');
  expect(await gate.run(async () => 'again', 0)).toBe('again');
  expect(left).toBe(4);
});
