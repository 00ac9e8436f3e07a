import type { CloudProvider, Snapshot } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** What Atlas tells of a snapshot besides what every listing is judged by. Absent: not told. */
export type SnapshotDetails = {
  /** What somebody wrote who asked for it. */
  readonly description: string | undefined;
  readonly replicaSetName: string | undefined;
  /** `EMBEDDED`, `DEDICATED`: an open set. */
  readonly configServerType: string | undefined;
  readonly copyRegions: readonly string[];
  readonly incremental: boolean | undefined;
  /** Of a sharded cluster: one snapshot for each shard. */
  readonly members: readonly SnapshotMember[];
  /** Of a legacy snapshot: one for each replica set. */
  readonly parts: readonly SnapshotPart[];
};

export type SnapshotMember = {
  readonly id: string | undefined;
  readonly cloudProvider: CloudProvider | undefined;
  readonly replicaSetName: string | undefined;
};

export type SnapshotPart = {
  /** `REPLICA_SET`, `CONFIG_SERVER_REPLICA_SET` …: an open set. */
  readonly type: string | undefined;
  readonly replicaSetName: string | undefined;
  readonly mongodbVersion: string | undefined;
  readonly completedAt: UnixSeconds | undefined;
  readonly storageSizeBytes: number | undefined;
  readonly dataSizeBytes: number | undefined;
  readonly fileSizeBytes: number | undefined;
  readonly encrypted: boolean | undefined;
};

/** A snapshot that was read by itself. */
export type DetailedSnapshot = Snapshot & { readonly details: SnapshotDetails };
