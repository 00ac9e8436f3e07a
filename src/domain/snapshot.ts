import type { UnixSeconds } from './time.ts';

/** The statuses whose counts are always written. */
export const snapshotStatuses = ['queued', 'in_progress', 'completed', 'failed'] as const;

/** `other`: a status this version does not know. It is counted, and never taken for completed. */
export type SnapshotStatus = (typeof snapshotStatuses)[number] | 'other';

export const snapshotSources = ['cloud', 'flex', 'legacy'] as const;
export type SnapshotSource = (typeof snapshotSources)[number];

export const snapshotTypes = ['on_demand', 'scheduled', 'fallback', 'other'] as const;
export type SnapshotType = (typeof snapshotTypes)[number];

/** The frequencies that an item of a policy can have. */
export const policyFrequencies = [
  'hourly',
  'daily',
  'weekly',
  'monthly',
  'yearly',
  'on_demand',
] as const;
export type PolicyFrequency = (typeof policyFrequencies)[number];

export const frequencies = [...policyFrequencies, 'other'] as const;
export type Frequency = (typeof frequencies)[number];

export const cloudProviders = ['AWS', 'AZURE', 'GCP', 'multiple', 'other'] as const;
/** `multiple`: the members of a sharded snapshot, or the regions of a cluster, have different ones. */
export type CloudProvider = (typeof cloudProviders)[number];

type SnapshotFacts = {
  readonly id: string;
  readonly source: SnapshotSource;
  /** When it was asked for. Cloud: the time in the first four bytes of its id. */
  readonly requestedAt: UnixSeconds;
  /** `Infinity`: kept forever. Absent: not announced. Provisional until it has completed. */
  readonly expiresAt: UnixSeconds | undefined;
  readonly type: SnapshotType | undefined;
  readonly frequency: Frequency | undefined;
  readonly cloudProvider: CloudProvider | undefined;
  readonly mongodbVersion: string | undefined;
  /** With a key of the customer's. Absent: the API does not say. */
  readonly encrypted: boolean | undefined;
  /** The policy items this snapshot satisfies, by id. */
  readonly policyItemIds: readonly string[];
};

export type CompletedSnapshot = SnapshotFacts & {
  readonly status: 'completed';
  /** The age of the data in it: never fresher than that. */
  readonly takenAt: UnixSeconds;
  /** Known for flex and, through API v2, for legacy snapshots. */
  readonly finishedAt: UnixSeconds | undefined;
  /** Storage size. Absent for flex: the API gives none. */
  readonly sizeBytes: number | undefined;
};

export type UncompletedSnapshot = SnapshotFacts & {
  readonly status: Exclude<SnapshotStatus, 'completed'>;
};

/** One snapshot of any kind: cloud (replica set or sharded), flex or legacy. */
export type Snapshot = CompletedSnapshot | UncompletedSnapshot;

export function isCompleted(snapshot: Snapshot): snapshot is CompletedSnapshot {
  return snapshot.status === 'completed';
}

export function isPending(snapshot: Snapshot): boolean {
  return snapshot.status === 'queued' || snapshot.status === 'in_progress';
}

/** Of two snapshots of one second the id decides, so that the answer does not depend on their order. */
export function isNewer(one: CompletedSnapshot, other: CompletedSnapshot): boolean {
  return one.takenAt === other.takenAt ? one.id > other.id : one.takenAt > other.takenAt;
}
