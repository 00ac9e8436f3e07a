import { describe, expect, test } from 'vitest';
import { safeError } from '../../src/runtime/fault.ts';

const canary = 'canary-secret-7f3a';

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('of a fault is told', () => {
  test('type, code and place', () => {
    expect(safeError(thrown(() => new URL('nowhere')))).toMatchObject({
      type: 'TypeError',
      code: 'ERR_INVALID_URL',
      stack: expect.arrayContaining([expect.stringContaining('fault.test.ts:')]),
    });
  });

  test('the same of its causes, as far as there is an end', () => {
    const endless = new RangeError('a');
    endless.cause = new Error('b', { cause: endless });
    const told = safeError(endless);
    expect(told.cause).toMatchObject({ type: 'Error', cause: { type: 'RangeError' } });
    expect(JSON.stringify(told).length).toBeLessThan(20_000);
  });

  test.each([undefined, null, canary, { secret: canary }])('only the type of %j', (anything) => {
    expect(safeError(anything)).toEqual({ type: typeof anything, stack: [] });
  });

  test.each<[string, () => unknown]>([
    ['a message', () => new Error(canary)],
    [
      'a message that looks like a call',
      () => new Error(`a\n    at ${canary} (a.ts:1:1)\n    at b`),
    ],
    ['a property', () => Object.assign(new Error('a'), { headers: { authorization: canary } })],
    ['the message of a cause', () => new Error('a', { cause: new Error(canary) })],
    ['a cause that is no error', () => new Error('a', { cause: canary })],
    ['a stack that was written over', () => Object.assign(new Error('a'), { stack: canary })],
    ['the URL that was none', () => thrown(() => new URL(`:${canary}`))],
    ['the JSON that was none', () => thrown(() => JSON.parse(canary))],
    ['the header that was none', () => thrown(() => new Headers({ a: `${canary}\nb` }))],
  ])('no secret in %s', (_, make) => {
    expect(JSON.stringify(safeError(make()))).not.toContain('canary');
  });
});
