import { describe, expect, test } from 'vitest';
import { legacySnapshot } from '../../../src/atlas/decode/legacy-snapshot.ts';
import { at, decode } from './decode.ts';
import { legacy, none, part, readLegacy } from './snapshot-records.ts';

const old = (change: Readonly<Record<string, unknown>>) =>
  decode(legacySnapshot, { ...legacy, ...change });

describe('a legacy snapshot', () => {
  test('that is complete is read', () => {
    expect(old({})).toEqual({ value: readLegacy, ...none });
  });

  test('that is not complete is in progress, and has no size to complain about', () => {
    const { value, ...findings } = old({ complete: false, parts: [] });
    expect(value?.status).toBe('in_progress');
    expect(value).not.toHaveProperty('takenAt');
    expect(findings).toEqual(none);
  });

  test('that must not be deleted never expires', () => {
    expect(old({ doNotDelete: true, expires: undefined }).value?.expiresAt).toBe(Infinity);
    expect(old({ expires: undefined }).value?.expiresAt).toBeUndefined();
  });

  test('of a sharded cluster is as large as its parts, as encrypted as one, as finished as all', () => {
    const shard = { ...part, typeName: 'CONFIG_SHARD_REPLICA_SET', encryptionEnabled: true };
    const config = { ...part, storageSizeBytes: 5, completedTime: '2019-11-02T06:20:00Z' };
    expect(old({ parts: [part, shard, config] }).value).toEqual({
      ...readLegacy,
      sizeBytes: 2_005,
      encrypted: true,
      finishedAt: at('2019-11-02T06:20:00Z'),
    });
    const unfinished = { ...part, completedTime: undefined };
    expect(old({ parts: [part, unfinished] }).value).toMatchObject({ finishedAt: undefined });
  });

  test.each([
    ['no part', []],
    ['a part without a size', [part, { ...part, storageSizeBytes: undefined }]],
    ['a part with text for it', [part, { ...part, storageSizeBytes: '5' }]],
    ['a sum that is negative', [{ ...part, storageSizeBytes: -1 }]],
    ['parts that are null', null],
  ])('with %s has no size', (_, parts) => {
    const { value, rejected } = old({ parts });
    expect(value).toMatchObject({ status: 'completed', sizeBytes: undefined });
    expect(rejected).toEqual([{ reason: 'size', id: legacy.id }]);
  });

  test('through API v1.0 has no finish', () => {
    const { completedTime: _, ...older } = part;
    expect(old({ incremental: undefined, parts: [older] }).value).toEqual({
      ...readLegacy,
      finishedAt: undefined,
    });
  });

  test.each([undefined, null, {}, { date: null }, '2019-11-02T06:00:00Z', { date: 'then' }])(
    'that is complete and was created at %j is rejected',
    (created) => {
      expect(old({ created })).toMatchObject({
        value: undefined,
        rejected: [{ reason: 'date', id: legacy.id }],
      });
    },
  );

  test.each([undefined, null, 'true', 1])('with %j for complete is rejected', (complete) => {
    expect(old({ complete }).rejected).toEqual([{ reason: 'schema', id: legacy.id }]);
  });
});
