import { describe, expect, test } from 'vitest';
import { cloudSnapshot } from '../../../src/atlas/decode/cloud-snapshot.ts';
import { decode } from './decode.ts';
import { id, none, replicaSet } from './snapshot-records.ts';

const shard = (n: number) => `6a7b9d0${n}aaaabbbbccccdddd`;
const member = (n: number) => ({ id: shard(n), cloudProvider: 'AWS' });
const sharded = { ...replicaSet, type: 'shardedCluster', cloudProvider: undefined };
const read = (change: Readonly<Record<string, unknown>>) =>
  decode(cloudSnapshot, { ...sharded, ...change });

describe('a completed snapshot of a sharded cluster', () => {
  test.each([
    ['misses a member', [member(1)], [shard(1), shard(2)]],
    ['misses an id', [member(1), member(2)], [shard(1)]],
    ['names other members than ids', [member(1), member(2)], [shard(1), shard(3)]],
    ['has ids but no member', [], [shard(1)]],
  ])('that %s is rejected', (_, members, snapshotIds) => {
    expect(read({ members, snapshotIds })).toEqual({
      value: undefined,
      unknown: [],
      rejected: [{ reason: 'schema', id }],
    });
  });

  test.each([
    ['names its shards twice, in any order', [member(2), member(1)], [shard(1), shard(2)]],
    ['names members only', [member(1)], undefined],
    ['names ids only', undefined, [shard(1)]],
    ['tells neither', undefined, undefined],
    ['has neither members nor ids', [], []],
    ['has no member and does not tell ids', [], undefined],
    ['has no id and does not tell members', undefined, []],
    ['has null for both', null, null],
    ['has members without ids', [{ cloudProvider: 'AWS' }], [shard(1)]],
    ['has ids that are none', [member(1)], ['first', 2]],
  ])('that %s is taken', (_, members, snapshotIds) => {
    const { value, ...findings } = read({ members, snapshotIds });
    expect({ status: value?.status, ...findings }).toEqual({ status: 'completed', ...none });
  });
});

test.each(['queued', 'inProgress', 'failed'])('one that is %s may have no shards yet', (status) => {
  expect(read({ status, members: [], snapshotIds: [] }).rejected).toEqual([]);
});

test('a snapshot of a replica set has no shards to miss', () => {
  const { value } = read({ type: 'replicaSet', members: [], snapshotIds: [] });
  expect(value?.status).toBe('completed');
});
