import { expect, test } from 'vitest';
import { within } from '../../bench/limit.ts';

test('what takes too long is said', async () => {
  await expect(within(0.01, 'a wait', new Promise(() => undefined))).rejects.toThrow(
    'a wait: not within 0.01 seconds',
  );
});

test('what is in time is passed on, a failure too', async () => {
  await expect(within(60, 'a wait', Promise.resolve(1))).resolves.toBe(1);
  await expect(within(60, 'a wait', Promise.reject(new Error('no')))).rejects.toThrow('no');
});
