import { describe, expect, test } from 'vitest';
import { flexSnapshot } from '../../../src/atlas/decode/flex-snapshot.ts';
import { decode } from './decode.ts';
import { flex, id, none, readFlex } from './snapshot-records.ts';

describe('a flex snapshot', () => {
  test('is read', () => {
    expect(decode(flexSnapshot, flex)).toEqual({ value: readFlex, ...none });
  });

  test.each([
    ['PENDING', 'queued'],
    ['QUEUED', 'queued'],
    ['RUNNING', 'in_progress'],
    ['FAILED', 'failed'],
  ])('that is %s is %s, and not taken', (status, expected) => {
    const { value, ...findings } = decode(flexSnapshot, { ...flex, status });
    expect(value?.status).toBe(expected);
    expect(value).not.toHaveProperty('takenAt');
    expect(findings).toEqual(none);
  });

  test.each(['completed', 'Completed', 'DONE', 'queued'])(
    'of the status %s is unknown',
    (status) => {
      const { value, unknown } = decode(flexSnapshot, { ...flex, status });
      expect(value?.status).toBe('other');
      expect(unknown).toEqual([{ field: 'status', value: status }]);
    },
  );

  test('without a start was taken when it was due, and without that it is rejected', () => {
    const started = { ...flex, startTime: undefined };
    expect(decode(flexSnapshot, started).value).toMatchObject({ takenAt: readFlex.requestedAt });
    expect(decode(flexSnapshot, { ...started, scheduledTime: 'soon' })).toMatchObject({
      value: undefined,
      rejected: [{ reason: 'date', id }],
    });
  });

  test('without a finish is as old as before', () => {
    expect(decode(flexSnapshot, { ...flex, finishTime: null }).value).toEqual({
      ...readFlex,
      finishedAt: undefined,
    });
  });
});
