import type { ClusterRow } from '../domain/cluster-view.ts';
import type { Failure } from '../domain/failure.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { DetailedSnapshot } from '../domain/snapshot-details.ts';
import type { UnixSeconds } from '../domain/time.ts';

/** How asking Atlas for one snapshot went; kept for a while. */
export type SnapshotAnswer =
  | { readonly kind: 'read'; readonly value: DetailedSnapshot; readonly at: UnixSeconds }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly at: UnixSeconds };

/** `busy`: others are asked for first. `unasked`: only what is known already was wanted. */
export type SnapshotRead =
  | SnapshotAnswer
  | { readonly kind: 'busy' }
  | { readonly kind: 'unasked' };

/** One snapshot of a cluster, as its listing had it and as Atlas tells of it by itself. */
export type OneSnapshot = {
  readonly row: ClusterRow;
  readonly listed: Snapshot;
  readonly read: SnapshotRead;
  readonly now: UnixSeconds;
  /** For so long an answer is shown again without asking. */
  readonly keptSeconds: number;
};

export type SnapshotAddress = {
  readonly project: string;
  readonly cluster: string;
  readonly id: string;
};
