import { objectIdTime } from '../../../src/domain/time.ts';
import { at } from './decode.ts';

/** Records as Atlas writes them, by hand, and what each is read as. */
export const id = '6a7b9d00aaaabbbbccccdddd';

export const none = { rejected: [], unknown: [] };

export const replicaSet = {
  id,
  status: 'completed',
  createdAt: '2026-08-12T02:00:41Z',
  expiresAt: '2026-08-19T02:03:10Z',
  storageSizeBytes: 734_003_200,
  snapshotType: 'scheduled',
  frequencyType: 'daily',
  cloudProvider: 'AZURE',
  mongodVersion: '8.0.29',
  policyItems: ['6a7b00000000000000000001'],
  copyRegions: [],
  replicaSetName: 'orders-shard-0',
  type: 'replicaSet',
  links: [],
};
export const readReplicaSet = {
  id,
  source: 'cloud',
  status: 'completed',
  requestedAt: objectIdTime(id),
  takenAt: at('2026-08-12T02:00:41Z'),
  finishedAt: undefined,
  expiresAt: at('2026-08-19T02:03:10Z'),
  sizeBytes: 734_003_200,
  type: 'scheduled',
  frequency: 'daily',
  cloudProvider: 'AZURE',
  mongodbVersion: '8.0.29',
  encrypted: false,
  policyItemIds: ['6a7b00000000000000000001'],
};

export const flex = {
  id,
  status: 'COMPLETED',
  scheduledTime: '2026-08-11T17:00:00Z',
  startTime: '2026-08-11T17:02:10Z',
  finishTime: '2026-08-11T17:04:55Z',
  expiration: '2026-08-19T17:00:00Z',
  mongoDBVersion: '8.0.29',
};
export const readFlex = {
  id,
  source: 'flex',
  status: 'completed',
  requestedAt: at('2026-08-11T17:00:00Z'),
  takenAt: at('2026-08-11T17:02:10Z'),
  finishedAt: at('2026-08-11T17:04:55Z'),
  expiresAt: at('2026-08-19T17:00:00Z'),
  sizeBytes: undefined,
  type: undefined,
  frequency: undefined,
  cloudProvider: undefined,
  mongodbVersion: '8.0.29',
  encrypted: undefined,
  policyItemIds: [],
};

export const part = {
  typeName: 'REPLICA_SET',
  clusterId: '5c0000000000000000000002',
  storageSizeBytes: 1_000,
  dataSizeBytes: 5_000,
  fileSizeBytes: 9_000,
  completedTime: '2019-11-02T06:09:30Z',
  compressionSetting: 'GZIP',
  encryptionEnabled: false,
  mongodVersion: '4.0.13',
  fcv: '4.0',
};
export const legacy = {
  id: '5dbd2000aaaabbbbccccdddd',
  groupId: '5c0000000000000000000001',
  clusterId: '5c0000000000000000000002',
  clusterName: null,
  complete: true,
  created: { date: '2019-11-02T06:00:00Z', increment: 1 },
  lastOplogAppliedTimestamp: { date: '2019-11-02T06:01:00Z', increment: 3 },
  expires: '2019-11-04T06:00:00Z',
  doNotDelete: false,
  incremental: true,
  parts: [part],
};
export const readLegacy = {
  id: legacy.id,
  source: 'legacy',
  status: 'completed',
  requestedAt: at('2019-11-02T06:00:00Z'),
  takenAt: at('2019-11-02T06:00:00Z'),
  finishedAt: at('2019-11-02T06:09:30Z'),
  expiresAt: at('2019-11-04T06:00:00Z'),
  sizeBytes: 1_000,
  type: undefined,
  frequency: undefined,
  cloudProvider: undefined,
  mongodbVersion: '4.0.13',
  encrypted: false,
  policyItemIds: [],
};
