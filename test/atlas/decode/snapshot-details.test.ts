import { describe, expect, test } from 'vitest';
import { newFindings } from '../../../src/atlas/decode/decoding.ts';
import { endpoints } from '../../../src/atlas/endpoints.ts';
import { noon } from '../../domain/snapshots.ts';

const id = '64ca6ce44d0e00328d005a61';
const { snapshot, shardedSnapshot, legacySnapshot, flexSnapshot } = endpoints;

function detailsOf(endpoint: Pick<typeof snapshot, 'decode'>, record: object) {
  return endpoint.decode({ id, ...record }, newFindings(noon))?.details;
}

const completed = {
  status: 'completed',
  createdAt: '2026-08-12T11:00:00Z',
  storageSizeBytes: 4096,
};
const nothing = {
  description: undefined,
  replicaSetName: undefined,
  configServerType: undefined,
  copyRegions: [],
  incremental: undefined,
  members: [],
  parts: [],
};

describe('read by its id, a snapshot tells', () => {
  test('of a replica set: description, name and copies', () => {
    const told = {
      description: 'before the upgrade',
      replicaSetName: 'rs0',
      copyRegions: ['US_WEST_2'],
    };
    expect(detailsOf(snapshot, { ...completed, ...told })).toEqual({ ...nothing, ...told });
  });

  test('of a sharded cluster: a member for each shard', () => {
    const members = [
      { id: 'a', cloudProvider: 'AWS', replicaSetName: 'shard-0' },
      { id: 'b', cloudProvider: 'MOON', replicaSetName: 'shard-1' },
    ];
    const told = { ...completed, configServerType: 'EMBEDDED', members, snapshotIds: ['a', 'b'] };
    expect(detailsOf(shardedSnapshot, told)).toEqual({
      ...nothing,
      configServerType: 'EMBEDDED',
      members: [members[0], { ...members[1], cloudProvider: 'other' }],
    });
  });

  test('where Atlas leaves out the members: their ids', () => {
    const told = { ...completed, snapshotIds: ['a', 'b'] };
    expect(detailsOf(shardedSnapshot, told)?.members.map((one) => one.id)).toEqual(['a', 'b']);
  });

  test('of a legacy backup: a part for each replica set', () => {
    const told = {
      complete: true,
      created: { date: '2026-08-12T11:00:00Z', increment: 1 },
      incremental: true,
      parts: [
        {
          typeName: 'REPLICA_SET',
          replicaSetName: 'rs0',
          mongodVersion: '4.0.28',
          completedTime: '2026-08-12T11:10:00Z',
          storageSizeBytes: 1,
          dataSizeBytes: 2,
          fileSizeBytes: 3,
          encryptionEnabled: false,
        },
      ],
    };
    expect(detailsOf(legacySnapshot, told)).toEqual({
      ...nothing,
      incremental: true,
      parts: [
        {
          type: 'REPLICA_SET',
          replicaSetName: 'rs0',
          mongodbVersion: '4.0.28',
          completedAt: noon - 3000,
          storageSizeBytes: 1,
          dataSizeBytes: 2,
          fileSizeBytes: 3,
          encrypted: false,
        },
      ],
    });
  });

  test('of a flex cluster: nothing more', () => {
    const told = { status: 'COMPLETED', startTime: '2026-08-12T11:00:00Z' };
    expect(detailsOf(flexSnapshot, told)).toEqual(nothing);
  });
});

test.each([
  { description: 7, replicaSetName: null, copyRegions: 'none', incremental: 'no' },
  { members: 'two', snapshotIds: [1], parts: { a: 1 } },
  {
    members: [{ id: 1, cloudProvider: [], replicaSetName: {} }],
    parts: [{ storageSizeBytes: -1 }],
  },
])('nothing strange in them makes a snapshot unusable: %j', (strange) => {
  const found = snapshot.decode({ id, ...completed, ...strange }, newFindings(noon));
  expect(found).toMatchObject({ id, status: 'completed', sizeBytes: 4096 });
});
