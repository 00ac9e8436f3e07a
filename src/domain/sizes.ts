import { newestCompleted } from './freshness.ts';
import { type CompletedSnapshot, isCompleted, isNewer, type Snapshot } from './snapshot.ts';

/** Fewer earlier snapshots than this say nothing about what size is usual. */
const minForRatio = 4;
const maxForRatio = 8;

/**
 * Size of the newest completed snapshot over the median of up to 8 earlier ones of its frequency.
 * Absent with fewer than 4 earlier ones, without a size, or over a median of 0.
 */
export function sizeRatio(snapshots: readonly Snapshot[]): number | undefined {
  const newest = newestCompleted(snapshots);
  if (newest?.sizeBytes === undefined) return undefined;
  return ratio([newest, ...earlierOnes(snapshots, newest)]);
}

/** The same of the snapshot before it, of its frequency: two in a row tell more than one. */
export function previousSizeRatio(snapshots: readonly Snapshot[]): number | undefined {
  const newest = newestCompleted(snapshots);
  return newest && ratio(earlierOnes(snapshots, newest));
}

/** Completed ones of the same kind that have a size, newest first. */
function earlierOnes(
  snapshots: readonly Snapshot[],
  newest: CompletedSnapshot,
): readonly CompletedSnapshot[] {
  return snapshots
    .filter(isCompleted)
    .filter((one) => one.source === newest.source && one.frequency === newest.frequency)
    .filter((one) => one.id !== newest.id && one.sizeBytes !== undefined)
    .sort((one, other) => (isNewer(one, other) ? -1 : 1));
}

function ratio([one, ...earlier]: readonly CompletedSnapshot[]): number | undefined {
  const sizes = earlier.slice(0, maxForRatio).flatMap(({ sizeBytes }) => sizeBytes ?? []);
  if (one?.sizeBytes === undefined || sizes.length < minForRatio) return undefined;
  const usual = median(sizes);
  return usual > 0 ? one.sizeBytes / usual : undefined;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] ?? 0) + upper) / 2;
}
