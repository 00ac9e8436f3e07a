import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AtlasResponse } from '../../src/atlas/transport/message.ts';

/** Names of all recorded replies of a folder, without their ending. */
export function recordings(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.http'))
    .map((file) => file.slice(0, -'.http'.length));
}

/** A recorded reply as our transport would hand it on. */
export function recorded(folder: string, name: string): AtlasResponse {
  const text = readFileSync(join(folder, `${name}.http`), 'utf8').replaceAll('\r\n', '\n');
  const gap = text.indexOf('\n\n');
  const [statusLine = '', ...lines] = text.slice(0, gap).split('\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body: text.slice(gap + 2) };
}

// biome-ignore lint/suspicious/noExplicitAny: raw records of many shapes, read as they stand
export type Raw = any;

const seconds = (date: string | undefined) =>
  date === undefined ? undefined : Date.parse(date) / 1000;

/** What our values must be by a plain reading of a raw record, apart from mapped enumerations. */
export const plainReading = {
  cloud: (raw: Raw) => ({
    id: raw.id,
    source: 'cloud',
    requestedAt: Number.parseInt(raw.id.slice(0, 8), 16),
    expiresAt: seconds(raw.expiresAt),
    mongodbVersion: raw.mongodVersion,
    cloudProvider: raw.cloudProvider,
    encrypted: raw.masterKeyUUID !== undefined,
    policyItemIds: raw.policyItems,
    ...(raw.status === 'completed'
      ? {
          takenAt: seconds(raw.createdAt),
          sizeBytes: raw.storageSizeBytes,
          finishedAt: undefined,
        }
      : {}),
  }),
  flex: (raw: Raw) => ({
    id: raw.id,
    source: 'flex',
    requestedAt: seconds(raw.scheduledTime),
    expiresAt: seconds(raw.expiration),
    mongodbVersion: raw.mongoDBVersion,
    type: undefined,
    frequency: undefined,
    cloudProvider: undefined,
    encrypted: undefined,
    policyItemIds: [],
    ...(raw.status === 'COMPLETED'
      ? {
          takenAt: seconds(raw.startTime),
          finishedAt: seconds(raw.finishTime),
          sizeBytes: undefined,
        }
      : {}),
  }),
  cluster: (raw: Raw) => ({
    id: raw.id,
    projectId: raw.groupId,
    name: raw.name,
    mongodbVersion: raw.mongoDBVersion,
    createdAt: seconds(raw.createDate),
    paused: raw.paused,
    backupEnabled: raw.providerBackupEnabled ?? raw.backupEnabled,
    pitEnabled: raw.pitEnabled,
    tags: raw.tags ?? [],
  }),
  flexCluster: (raw: Raw) => ({
    id: raw.id,
    projectId: raw.groupId,
    name: raw.name,
    mongodbVersion: raw.mongoDBVersion,
    createdAt: seconds(raw.createDate),
    paused: undefined,
    backupEnabled: raw.backupSettings.enabled,
    pitEnabled: undefined,
    tags: raw.tags ?? [],
    topology: 'flex',
    instanceSize: 'FLEX',
    cloudProvider: raw.providerSettings.backingProviderName,
  }),
  project: (raw: Raw) => ({ id: raw.id, name: raw.name, orgId: raw.orgId }),
  schedule: (raw: Raw) => ({
    nextSnapshotAt: seconds(raw.nextSnapshot),
    referenceHour: raw.referenceHourOfDay,
    referenceMinute: raw.referenceMinuteOfHour,
    restoreWindowDays: raw.restoreWindowDays,
    autoExport: raw.autoExportEnabled,
    policyItems: raw.policies.flatMap((policy: Raw) => policy.policyItems.map(policyItem)),
  }),
  restore: (raw: Raw) => ({
    id: raw.id,
    finishedAt: seconds(raw.finishedAt),
    snapshotId: raw.snapshotId,
  }),
  flexRestore: (raw: Raw) => ({
    id: raw.id,
    finishedAt: seconds(raw.restoreFinishedDate),
    snapshotId: raw.snapshotId,
  }),
  exportJob: (raw: Raw) => ({
    id: raw.id,
    createdAt: seconds(raw.createdAt),
    finishedAt: seconds(raw.finishedAt),
    snapshotId: raw.snapshotId,
    exportBucketId: raw.exportBucketId,
  }),
  exportBucket: (raw: Raw) => ({
    id: raw._id,
    name: raw.bucketName,
    cloudProvider: raw.cloudProvider,
  }),
  compliance: (raw: Raw) => ({
    projectId: raw.projectId,
    copyProtection: raw.copyProtectionEnabled,
    encryptionAtRest: raw.encryptionAtRestEnabled,
    pit: raw.pitEnabled,
    restoreWindowDays: raw.restoreWindowDays,
    policyItems: raw.scheduledPolicyItems.map(policyItem),
    updatedAt: seconds(raw.updatedDate),
  }),
} as const;

function policyItem(raw: Raw) {
  return {
    id: raw.id,
    frequency: raw.frequencyType,
    interval: raw.frequencyInterval,
    retentionUnit: raw.retentionUnit,
    retentionValue: raw.retentionValue,
  };
}
