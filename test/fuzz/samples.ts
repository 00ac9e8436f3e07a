import { groupId, orgId } from '../simulator/project.ts';

// Records as Atlas writes them, beside those of snapshots.

export const projectRecord = {
  id: groupId,
  name: 'payments',
  orgId,
  clusterCount: 2,
  created: '2022-01-12T08:00:00Z',
  tags: [{ key: 'env', value: 'prod' }],
  links: [],
};

export const clusterRecord = {
  id: '6a7b9d00aaaabbbbccccddde',
  groupId,
  name: 'ledger',
  clusterType: 'REPLICASET',
  createDate: '2023-03-01T09:30:00Z',
  stateName: 'IDLE',
  paused: false,
  backupEnabled: true,
  pitEnabled: false,
  mongoDBVersion: '8.0.29',
  tags: [{ key: 'env', value: 'prod' }],
  connectionStrings: {},
  replicationSpecs: [
    {
      id: '6a7b9d00aaaabbbbccccdddf',
      regionConfigs: [
        {
          providerName: 'AWS',
          regionName: 'EU_WEST_1',
          electableSpecs: { instanceSize: 'M30', diskSizeGB: 40, nodeCount: 3 },
        },
      ],
    },
  ],
};

export const flexClusterRecord = {
  id: '6a7b9d00aaaabbbbccccdde0',
  groupId,
  name: 'sketch',
  clusterType: 'REPLICASET',
  createDate: '2025-05-01T09:30:00Z',
  mongoDBVersion: '8.0.29',
  stateName: 'IDLE',
  tags: [],
  backupSettings: { enabled: true },
  providerSettings: { providerName: 'FLEX', backingProviderName: 'GCP', diskSizeGB: 5 },
};

export const scheduleRecord = {
  clusterId: clusterRecord.id,
  clusterName: clusterRecord.name,
  nextSnapshot: '2026-08-12T12:00:00Z',
  referenceHourOfDay: 5,
  referenceMinuteOfHour: 30,
  restoreWindowDays: 7,
  autoExportEnabled: false,
  policies: [
    {
      id: '6a7b00000000000000000001',
      policyItems: [
        {
          id: '6a7b00000000000000000002',
          frequencyType: 'daily',
          frequencyInterval: 1,
          retentionUnit: 'days',
          retentionValue: 7,
        },
        {
          id: '6a7b00000000000000000003',
          frequencyType: 'monthly',
          frequencyInterval: 40,
          retentionUnit: 'months',
          retentionValue: 12,
        },
      ],
    },
  ],
};
