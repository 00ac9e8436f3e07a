import { z } from 'zod';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { DetailedSnapshot, SnapshotDetails } from '../../domain/snapshot-details.ts';
import { parseDate } from '../dates.ts';
import type { Decoder, Findings } from './decoding.ts';
import { anything, flag, listOf, text, texts, wholeNumber } from './fields.ts';
import { providerOf } from './shared-values.ts';

const member = z.object({ id: text, cloudProvider: text, replicaSetName: text });
const part = z.object({
  typeName: text,
  replicaSetName: text,
  mongodVersion: text,
  completedTime: anything,
  storageSizeBytes: wholeNumber,
  dataSizeBytes: wholeNumber,
  fileSizeBytes: wholeNumber,
  encryptionEnabled: flag,
});

const detailsRecord = z.object({
  description: text,
  replicaSetName: text,
  configServerType: text,
  copyRegions: texts,
  incremental: flag,
  members: listOf(member),
  snapshotIds: texts,
  parts: listOf(part),
});

/** Also what only the page of one snapshot shows; none of it can make the snapshot unusable. */
export function detailed(decode: Decoder<Snapshot>): Decoder<DetailedSnapshot> {
  return (item, findings) => {
    const snapshot = decode(item, findings);
    return snapshot && { ...snapshot, details: detailsOf(item, findings) };
  };
}

function detailsOf(item: unknown, findings: Findings): SnapshotDetails {
  const record = detailsRecord.parse(item);
  return {
    description: record.description,
    replicaSetName: record.replicaSetName,
    configServerType: record.configServerType,
    copyRegions: record.copyRegions,
    incremental: record.incremental,
    members: membersOf(record, findings),
    parts: record.parts.map((one) => ({
      type: one.typeName,
      replicaSetName: one.replicaSetName,
      mongodbVersion: one.mongodVersion,
      completedAt: parseDate(one.completedTime),
      storageSizeBytes: one.storageSizeBytes,
      dataSizeBytes: one.dataSizeBytes,
      fileSizeBytes: one.fileSizeBytes,
      encrypted: one.encryptionEnabled,
    })),
  };
}

/** Atlas tells the ids twice; where it leaves out the members, these are all there is. */
function membersOf(
  { members, snapshotIds }: z.infer<typeof detailsRecord>,
  findings: Findings,
): SnapshotDetails['members'] {
  if (members.length === 0) {
    return snapshotIds.map((id) => ({ id, cloudProvider: undefined, replicaSetName: undefined }));
  }
  return members.map(({ id, cloudProvider, replicaSetName }) => ({
    id,
    cloudProvider: providerOf([{ cloudProvider }], findings),
    replicaSetName,
  }));
}
