import { z } from 'zod';
import type {
  CompletedSnapshot,
  Snapshot,
  SnapshotStatus,
  UncompletedSnapshot,
} from '../../domain/snapshot.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { type Findings, isFuture, reject } from './decoding.ts';
import { id } from './fields.ts';

type Facts = Omit<UncompletedSnapshot, 'status'>;
type Completion = Pick<CompletedSnapshot, 'finishedAt'> & {
  readonly takenAt: UnixSeconds | undefined;
  readonly sizeBytes: () => number | undefined;
};

/** What only cloud snapshots say. */
export const unstated = {
  type: undefined,
  frequency: undefined,
  cloudProvider: undefined,
  policyItemIds: [],
} as const;

/** A completed snapshot without a believable time would be believed fresh or stale: it is rejected. */
export function snapshotFrom(
  status: SnapshotStatus,
  facts: Facts,
  { takenAt, finishedAt, sizeBytes }: Completion,
  findings: Findings,
): Snapshot | undefined {
  if (status !== 'completed') return { ...facts, status };
  if (takenAt === undefined) return reject(findings, 'date', facts.id);
  if (isFuture(takenAt, findings)) return reject(findings, 'future', facts.id, takenAt);
  return { ...facts, status, takenAt, finishedAt, sizeBytes: sizeBytes() };
}

/** The id of a record that cannot be used otherwise, so that it is not taken for vanished. */
export function idOf(item: unknown): string | undefined {
  const found = z.object({ id }).safeParse(item);
  return found.success ? found.data.id : undefined;
}
