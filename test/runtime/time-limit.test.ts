import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withTimeLimit } from '../../src/runtime/time-limit.ts';

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

test('the signal aborts with the one it was made of', () => {
  const stopping = new AbortController();
  const { signal, over } = withTimeLimit(stopping.signal, 60_000);
  expect(signal.aborted).toBe(false);
  stopping.abort();
  expect(signal.aborted).toBe(true);
  over();
});

test('the signal aborts when its time is up', async () => {
  const { signal } = withTimeLimit(new AbortController().signal, 1);
  await delay(50);
  expect(signal.aborted).toBe(true);
});

test('what is over in time leaves no timer and never aborts', async () => {
  const before = timers();
  const { signal, over } = withTimeLimit(new AbortController().signal, 20);
  expect(timers()).toBe(before + 1);
  over();
  expect(timers()).toBe(before);
  await delay(50);
  expect(signal.aborted).toBe(false);
});
