import { describe, expect, test } from 'vitest';
import { cloudSnapshot } from '../../../src/atlas/decode/cloud-snapshot.ts';
import { objectIdTime } from '../../../src/domain/time.ts';
import { start } from '../../simulator/client.ts';
import { decode, notText } from './decode.ts';
import { id, none, readReplicaSet, replicaSet } from './snapshot-records.ts';

const cloud = (change: Readonly<Record<string, unknown>>) =>
  decode(cloudSnapshot, { ...replicaSet, ...change });

describe('a cloud snapshot', () => {
  test('of a replica set is read', () => {
    expect(cloud({})).toEqual({ value: readReplicaSet, ...none });
  });

  test('of a sharded cluster is read, its members on two clouds', () => {
    const { cloudProvider: _, replicaSetName: __, copyRegions: ___, ...sharded } = replicaSet;
    const decoded = decode(cloudSnapshot, {
      ...sharded,
      type: 'shardedCluster',
      configServerType: 'DEDICATED',
      masterKeyUUID: '7f0c1d52-1111-4222-8333-944445555666',
      snapshotIds: ['6a7b9d01aaaabbbbccccdddd', '6a7b9d02aaaabbbbccccdddd'],
      members: [
        { id: '6a7b9d01aaaabbbbccccdddd', cloudProvider: 'AWS', replicaSetName: 'ledger-shard-0' },
        { id: '6a7b9d02aaaabbbbccccdddd', cloudProvider: 'GCP', replicaSetName: 'ledger-config' },
      ],
    });
    expect(decoded).toEqual({
      value: { ...readReplicaSet, cloudProvider: 'multiple', encrypted: true },
      ...none,
    });
  });

  test('of a sharded cluster on one cloud has that cloud', () => {
    const members = [{ cloudProvider: 'GCP' }, { cloudProvider: 'GCP' }];
    expect(cloud({ cloudProvider: undefined, members }).value?.cloudProvider).toBe('GCP');
  });

  test.each(['queued', 'inProgress'])('that is %s needs neither date nor size', (status) => {
    const change = { status, createdAt: undefined, cloudProvider: undefined, storageSizeBytes: 0 };
    const { value, ...findings } = cloud({ ...change, mongodVersion: undefined });
    expect(findings).toEqual(none);
    expect(value).toMatchObject({ requestedAt: objectIdTime(id), expiresAt: expect.any(Number) });
    expect(value).not.toHaveProperty('takenAt');
    expect(value).not.toHaveProperty('sizeBytes');
  });

  test('that is in progress is not taken, though it has a date and a size already', () => {
    const { value } = cloud({ status: 'inProgress' });
    expect(value?.status).toBe('in_progress');
    expect(value).not.toHaveProperty('takenAt');
  });

  test('that failed has no time', () => {
    expect(cloud({ status: 'failed' }).value).not.toHaveProperty('takenAt');
  });

  test.each(['Completed', 'COMPLETED', 'complete', 'done', '', ' completed', 'constructor'])(
    'of the status %j is not completed',
    (status) => {
      const { value, unknown } = cloud({ status });
      expect(value?.status).toBe('other');
      expect(unknown).toEqual([{ field: 'status', value: status }]);
    },
  );

  test.each([
    ['snapshotType', 'weeklyish', { type: 'other' }],
    ['snapshotType', 'ondemand', { type: 'other' }],
    ['frequencyType', 'onDemand', { frequency: 'other' }],
    ['frequencyType', 'DAILY', { frequency: 'other' }],
    ['cloudProvider', 'IBM', { cloudProvider: 'other' }],
    ['cloudProvider', 'aws', { cloudProvider: 'other' }],
  ])('with the %s %s has another one, which is noted', (field, value, expected) => {
    const decoded = cloud({ [field]: value });
    expect(decoded.value).toMatchObject(expected);
    expect(decoded.unknown).toEqual([{ field, value }]);
  });

  test.each([
    ['onDemand', 'ondemand', { type: 'on_demand', frequency: 'on_demand' }],
    ['scheduled', 'yearly', { type: 'scheduled', frequency: 'yearly' }],
    ['fallback', 'hourly', { type: 'fallback', frequency: 'hourly' }],
  ])('may be %s and %s', (snapshotType, frequencyType, expected) => {
    const decoded = cloud({ snapshotType, frequencyType });
    expect(decoded.value).toMatchObject(expected);
    expect(decoded.unknown).toEqual([]);
  });

  test('with an endless unknown value notes its beginning', () => {
    expect(cloud({ snapshotType: 'x'.repeat(10_000) }).unknown[0]?.value).toHaveLength(64);
  });

  test.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['without zone', '2026-08-12T02:00:41'],
    ['not on the calendar', '2026-02-30T02:00:41Z'],
    ['a number', 1_786_500_041],
    ['before there were backups', '2009-12-31T23:59:59Z'],
    ['the epoch', '1970-01-01T00:00:00Z'],
  ])('that is completed at a time that is %s is rejected', (_, createdAt) => {
    expect(cloud({ createdAt })).toEqual({
      value: undefined,
      unknown: [],
      rejected: [{ reason: 'date', id }],
    });
  });

  test('from more than 15 minutes ahead is rejected', () => {
    const ahead = (seconds: number) => ({
      createdAt: new Date((start + seconds) * 1000).toISOString(),
    });
    expect(cloud(ahead(900)).value).toBeDefined();
    expect(cloud(ahead(901))).toMatchObject({
      value: undefined,
      rejected: [{ reason: 'future', id }],
    });
  });

  test.each([-1, 1.5, 1e308, 2 ** 53, null, undefined, '5', [], Number.NaN])(
    'with the size %s counts, without a size',
    (storageSizeBytes) => {
      const { value, rejected } = cloud({ storageSizeBytes });
      expect(value).toEqual({ ...readReplicaSet, sizeBytes: undefined });
      expect(rejected).toEqual([{ reason: 'size', id }]);
    },
  );

  test.each([0, 1, 2 ** 53 - 1])('may have the size %d', (storageSizeBytes) => {
    expect(cloud({ storageSizeBytes })).toMatchObject({
      value: { sizeBytes: storageSizeBytes },
      rejected: [],
    });
  });

  test.each(['createdAt', 'expiresAt'])('takes no %s for a date that is none', (field) => {
    for (const value of notText) {
      const decoded = cloud({ [field]: value }).value;
      expect(decoded === undefined || decoded.expiresAt === undefined).toBe(true);
    }
  });

  test('with another identity or status than text is rejected', () => {
    for (const value of notText) {
      expect(cloud({ id: value })).toMatchObject({
        value: undefined,
        rejected: [{ reason: 'schema', id: undefined }],
      });
      expect(cloud({ status: value })).toMatchObject({
        value: undefined,
        rejected: [{ reason: 'schema', id }],
      });
    }
  });

  test.each(['', 'abc', id.toUpperCase(), `${id}0`, `${id}\n`, 'g'.repeat(24)])(
    'with the id %j is rejected',
    (wrong) => {
      expect(cloud({ id: wrong }).rejected).toEqual([{ reason: 'schema', id: undefined }]);
    },
  );

  test.each([
    'snapshotType',
    'frequencyType',
    'cloudProvider',
    'mongodVersion',
    'masterKeyUUID',
    'policyItems',
    'members',
  ])('lacks a %s that has another type', (field) => {
    for (const value of [null, 5, true, [5], { a: 1 }, [null], [{}]]) {
      const { value: decoded, ...findings } = cloud({ [field]: value });
      expect(decoded).toMatchObject({ id, takenAt: readReplicaSet.takenAt });
      expect(findings).toEqual(none);
    }
  });
});
