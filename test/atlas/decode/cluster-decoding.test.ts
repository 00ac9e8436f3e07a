import { describe, expect, test } from 'vitest';
import { dedicatedCluster, flexCluster, project } from '../../../src/atlas/decode/cluster.ts';
import { at, decode, notText } from './decode.ts';

const groupId = '5f0000000000000000000001';
const id = '5f0000000000000000000002';
const none = { rejected: [], unknown: [] };

const region = (providerName: string, instanceSize: string) => ({
  providerName,
  regionName: 'EU_WEST_1',
  priority: 7,
  electableSpecs: { instanceSize, diskSizeGB: 40, nodeCount: 3 },
});
const cluster = {
  id,
  groupId,
  name: 'orders',
  clusterType: 'REPLICASET',
  createDate: '2024-05-06T07:08:09Z',
  paused: false,
  backupEnabled: true,
  pitEnabled: true,
  mongoDBVersion: '8.0.29',
  mongoDBMajorVersion: '8.0',
  stateName: 'IDLE',
  tags: [{ key: 'backup-rpo', value: '12h' }],
  replicationSpecs: [{ id, regionConfigs: [region('AWS', 'M30')] }],
};
const readCluster = {
  id,
  projectId: groupId,
  name: 'orders',
  topology: 'replica_set',
  instanceSize: 'M30',
  cloudProvider: 'AWS',
  mongodbVersion: '8.0.29',
  createdAt: at('2024-05-06T07:08:09Z'),
  paused: false,
  backupEnabled: true,
  pitEnabled: true,
  tags: [{ key: 'backup-rpo', value: '12h' }],
};
const dedicated = (change: Readonly<Record<string, unknown>>) =>
  decode(dedicatedCluster, { ...cluster, ...change });

describe('a cluster', () => {
  test('is read', () => {
    expect(dedicated({})).toEqual({ value: readCluster, ...none });
  });

  test.each([
    ['REPLICASET', 'replica_set'],
    ['SHARDED', 'sharded'],
    ['GEOSHARDED', 'geosharded'],
  ])('of the type %s is %s', (clusterType, topology) => {
    expect(dedicated({ clusterType })).toMatchObject({ value: { topology }, unknown: [] });
  });

  test.each(['REPLICA_SET', 'sharded', 'toString', ''])(
    'of the type %j is of another one, which is noted',
    (clusterType) => {
      expect(dedicated({ clusterType })).toMatchObject({
        value: { topology: 'other' },
        unknown: [{ field: 'clusterType', value: clusterType }],
      });
    },
  );

  test('on several clouds has several', () => {
    const regionConfigs = [region('AWS', 'M30'), region('GCP', 'M30')];
    const { value } = dedicated({ replicationSpecs: [{ regionConfigs }] });
    expect(value?.cloudProvider).toBe('multiple');
  });

  test('has the size of its first electable region', () => {
    const readOnly = { providerName: 'AWS', readOnlySpecs: { instanceSize: 'M99' } };
    const regionConfigs = [readOnly, region('AWS', 'M40'), region('AWS', 'M50')];
    const { value } = dedicated({ replicationSpecs: [{ regionConfigs }] });
    expect(value?.instanceSize).toBe('M40');
  });

  test('that is free has the cloud behind it', () => {
    const regionConfigs = [{ ...region('TENANT', 'M0'), backingProviderName: 'GCP' }];
    const change = { backupEnabled: false, replicationSpecs: [{ regionConfigs }] };
    expect(dedicated(change)).toMatchObject({
      value: { instanceSize: 'M0', cloudProvider: 'GCP' },
      unknown: [],
    });
  });

  test('of API v1.0 says provider backup for cloud backup, and backup for legacy', () => {
    const old = {
      ...{ id, groupId, name: 'orders', clusterType: 'SHARDED', mongoDBVersion: '8.0.29' },
      createDate: '2024-05-06T07:08:09Z',
      paused: true,
      pitEnabled: false,
      numShards: 2,
      replicationSpecs: [
        { id, numShards: 2, zoneName: 'Zone 1', regionsConfig: { EU_WEST_1: { priority: 7 } } },
      ],
      providerSettings: { providerName: 'AZURE', instanceSizeName: 'M50', regionName: 'X' },
    };
    const backup = (providerBackupEnabled: boolean, backupEnabled: boolean) =>
      decode(dedicatedCluster, { ...old, providerBackupEnabled, backupEnabled });
    expect(backup(true, false)).toEqual({
      value: {
        ...readCluster,
        topology: 'sharded',
        instanceSize: 'M50',
        cloudProvider: 'AZURE',
        paused: true,
        pitEnabled: false,
        tags: [],
      },
      ...none,
    });
    expect(backup(false, true).value?.backupEnabled).toBe(true);
    expect(backup(false, false).value?.backupEnabled).toBe(false);
  });

  test('that is free has in API v1.0 the cloud behind it, too', () => {
    const providerSettings = {
      providerName: 'TENANT',
      backingProviderName: 'AWS',
      instanceSizeName: 'M0',
    };
    expect(dedicated({ replicationSpecs: undefined, providerSettings })).toMatchObject({
      value: { instanceSize: 'M0', cloudProvider: 'AWS' },
      unknown: [],
    });
  });

  test.each(['id', 'groupId', 'name', 'clusterType'])('without its %s is rejected', (field) => {
    for (const value of [undefined, ...notText]) {
      expect(dedicated({ [field]: value })).toEqual({
        value: undefined,
        rejected: [{ reason: 'schema', id: undefined }],
        unknown: [],
      });
    }
  });

  test.each([
    ['createDate', { createdAt: undefined }],
    ['paused', { paused: false }],
    ['backupEnabled', { backupEnabled: false }],
    ['pitEnabled', { pitEnabled: false }],
    ['tags', { tags: [] }],
    ['mongoDBVersion', { mongodbVersion: '' }],
    ['replicationSpecs', { instanceSize: '', cloudProvider: 'other' }],
  ])('without its %s is read', (field, expected) => {
    for (const value of [undefined, null, 5, 'yes', {}]) {
      const changed = field === 'mongoDBVersion' && value === 'yes' ? undefined : value;
      expect(dedicated({ [field]: changed })).toEqual({
        value: { ...readCluster, ...expected },
        ...none,
      });
    }
  });

  test('keeps its name as it is written', () => {
    for (const name of [
      '',
      ' a ',
      'a"b\\c',
      'a\nb',
      'a\u0000b',
      '😀',
      '\u202Ea',
      'x'.repeat(10_000),
    ]) {
      expect(dedicated({ name }).value?.name).toBe(name);
    }
  });
});

describe('a flex cluster', () => {
  const flex = {
    ...{ id, groupId, name: 'small', clusterType: 'REPLICASET', stateName: 'IDLE' },
    createDate: '2026-01-02T03:04:05Z',
    mongoDBVersion: '8.0.29',
    backupSettings: { enabled: true },
    providerSettings: { providerName: 'FLEX', backingProviderName: 'GCP', diskSizeGB: 5 },
  };
  const readFlex = {
    ...readCluster,
    name: 'small',
    topology: 'flex',
    instanceSize: 'FLEX',
    cloudProvider: 'GCP',
    createdAt: at('2026-01-02T03:04:05Z'),
    paused: undefined,
    pitEnabled: undefined,
    tags: [],
  };

  test('is read', () => {
    expect(decode(flexCluster, flex)).toEqual({ value: readFlex, ...none });
  });

  test('has backups unless the answer denies it', () => {
    const backup = (backupSettings: unknown) =>
      decode(flexCluster, { ...flex, backupSettings }).value?.backupEnabled;
    expect([{ enabled: true }, {}, null, undefined, { enabled: 'no' }].map(backup)).toEqual(
      Array(5).fill(true),
    );
    expect(backup({ enabled: false })).toBe(false);
  });

  test.each(['id', 'groupId', 'name'])('without its %s is rejected', (field) => {
    for (const value of [undefined, ...notText]) {
      const { rejected } = decode(flexCluster, { ...flex, [field]: value });
      expect(rejected).toEqual([{ reason: 'schema', id: undefined }]);
    }
  });
});

describe('a project', () => {
  test('is read, with or without its organisation', () => {
    const it = { id: groupId, name: 'Shop of a & b', orgId: id, clusterCount: 3 };
    expect(decode(project, it).value).toEqual({ id: groupId, name: 'Shop of a & b', orgId: id });
    expect(decode(project, { ...it, orgId: null }).value?.orgId).toBe('');
  });

  test.each(['id', 'name'])('without its %s is rejected', (field) => {
    for (const value of [undefined, ...notText]) {
      const it = { id: groupId, name: 'Shop', [field]: value };
      expect(decode(project, it).rejected).toHaveLength(1);
    }
  });
});
