import { z } from 'zod';
import type { Snapshot, SnapshotStatus, SnapshotType } from '../../domain/snapshot.ts';
import { objectIdTime } from '../../domain/time.ts';
import { parseDate } from '../dates.ts';
import { type Decoder, known, reject, sizeBytes } from './decoding.ts';
import { anything, id, text, texts } from './fields.ts';
import { frequencies, providerOf } from './shared-values.ts';
import { idOf, snapshotFrom } from './snapshot.ts';

const cloudStatuses: Readonly<Record<string, SnapshotStatus>> = {
  queued: 'queued',
  inProgress: 'in_progress',
  completed: 'completed',
  failed: 'failed',
};
const cloudTypes: Readonly<Record<string, SnapshotType>> = {
  onDemand: 'on_demand',
  scheduled: 'scheduled',
  fallback: 'fallback',
};

const cloudRecord = z.object({
  id,
  status: z.string(),
  createdAt: anything,
  expiresAt: anything,
  storageSizeBytes: anything,
  snapshotType: text,
  frequencyType: text,
  cloudProvider: text,
  mongodVersion: text,
  masterKeyUUID: text,
  policyItems: texts,
  type: text,
  members: z
    .array(z.object({ id: text, cloudProvider: text }))
    .optional()
    .catch(undefined),
  snapshotIds: anything,
});

/**
 * A snapshot of `backup/snapshots`, of a replica set or of a whole sharded cluster. One that is
 * completed without all of its shards could not be restored: it is rejected. Not by `decoderOf`: a
 * poll reads a million of them, and a call shared by all decoders takes a tenth longer.
 */
export const cloudSnapshot: Decoder<Snapshot> = (item, findings) => {
  const record = cloudRecord.safeParse(item);
  if (!record.success) return reject(findings, 'schema', idOf(item));
  const one = record.data;
  const { members = [] } = one;
  if (one.status === 'completed' && lacksShards(one.type, one.members, one.snapshotIds)) {
    return reject(findings, 'schema', one.id);
  }
  return snapshotFrom(
    known(cloudStatuses, one.status, 'status', findings) ?? 'other',
    {
      id: one.id,
      source: 'cloud',
      requestedAt: objectIdTime(one.id),
      expiresAt: parseDate(one.expiresAt),
      type: known(cloudTypes, one.snapshotType, 'snapshotType', findings),
      frequency: known(frequencies, one.frequencyType, 'frequencyType', findings),
      cloudProvider: providerOf([one, ...members], findings),
      mongodbVersion: one.mongodVersion,
      encrypted: one.masterKeyUUID !== undefined,
      policyItemIds: one.policyItems,
    },
    {
      takenAt: parseDate(one.createdAt),
      finishedAt: undefined,
      sizeBytes: () => sizeBytes(one.storageSizeBytes, findings, one.id),
    },
    findings,
  );
};

const ids = z.array(id);

/**
 * Whether a sharded snapshot says of itself that shards are missing. Atlas names the snapshots of the
 * shards twice, in `members` and in `snapshotIds`, and documents that both "should match"; that is all
 * it tells: a member has no status, and how many a snapshot should have depends on the shards of then.
 */
function lacksShards(
  type: string | undefined,
  members: readonly { readonly id?: string | undefined }[] | undefined,
  snapshotIds: unknown,
): boolean {
  if (type !== 'shardedCluster') return false;
  // A list that is left out, or that cannot be read, says nothing; nor does Atlas when it names none.
  const lists = [members?.map((member) => member.id), snapshotIds]
    .map((list) => ids.safeParse(list).data)
    .filter((list) => list !== undefined)
    .map((list) => new Set(list));
  const [one, other = one] = lists;
  if (one === undefined || other === undefined) return false;
  return one.symmetricDifference(other).size > 0;
}
