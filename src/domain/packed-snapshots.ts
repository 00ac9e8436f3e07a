import { runToEnd } from '../runtime/event-loop.ts';
import type { Snapshot } from './snapshot.ts';
import { objectIdTime } from './time.ts';

/**
 * All snapshots of a listing, in a tenth of the memory: as objects, those of ten thousand clusters
 * take more than all else. Listings that say the same have the same bytes.
 */
export type PackedSnapshots = readonly Uint8Array[];

/** What a row holds of a snapshot. Most of them differ from the one before in the first few alone. */
const fields = [
  ...(['id', 'expiresAt', 'takenAt', 'sizeBytes', 'requestedAt', 'policyItemIds'] as const),
  ...(['frequency', 'type', 'status', 'finishedAt', 'mongodbVersion'] as const),
  ...(['cloudProvider', 'encrypted', 'source'] as const),
];

/** In place of a value; no field has such a number. At the end of a row it is left out. */
const asBefore = -1;
/** JSON has no Infinity. */
const forever = -2;

/** So many are packed at once: a listing may be very long. */
const batchLength = 2_000;

export function packed(snapshots: readonly Snapshot[]): PackedSnapshots {
  return runToEnd(packInBatches(snapshots));
}

export function* packInBatches(snapshots: readonly Snapshot[]): Generator<void, PackedSnapshots> {
  const batches: Uint8Array[] = [];
  for (let from = 0; from < snapshots.length; from += batchLength) {
    let before: readonly unknown[] = [];
    const rows = snapshots.slice(from, from + batchLength).map((one) => {
      const values = fields.map((field) => packedValue(one, field));
      const row = values.map((value, n) => (value === before[n] ? asBefore : value));
      before = values;
      return row.slice(0, row.findLastIndex((value) => value !== asBefore) + 1);
    });
    batches.push(new TextEncoder().encode(JSON.stringify(rows)));
    yield;
  }
  return batches;
}

/** Null: absent, or, of the time of the request, as the id says. */
function packedValue(one: Snapshot, field: (typeof fields)[number]): unknown {
  const value: unknown = Reflect.get(one, field);
  if (field === 'policyItemIds') return JSON.stringify(value);
  if (field === 'requestedAt' && value === objectIdTime(one.id)) return null;
  return value === Number.POSITIVE_INFINITY ? forever : (value ?? null);
}

/** The snapshots as they were, in their order. */
export function unpacked(batches: PackedSnapshots): readonly Snapshot[] {
  return runToEnd(unpackInBatches(batches));
}

export function* unpackInBatches(batches: PackedSnapshots): Generator<void, readonly Snapshot[]> {
  const snapshots: Snapshot[] = [];
  for (const batch of batches) {
    const rows = JSON.parse(new TextDecoder().decode(batch)) as readonly unknown[][];
    let before: unknown[] = [];
    for (const row of rows) {
      for (const [n, value] of row.entries()) if (value === asBefore) row[n] = before[n];
      before = [...row, ...before.slice(row.length)];
      snapshots.push(snapshotOf(before));
    }
    yield;
  }
  return snapshots;
}

function snapshotOf(values: readonly unknown[]): Snapshot {
  const one = Object.fromEntries(fields.map((field, n) => [field, values[n] ?? undefined]));
  const { id, requestedAt = objectIdTime(String(id)), expiresAt, policyItemIds } = one;
  return {
    ...one,
    requestedAt,
    expiresAt: expiresAt === forever ? Number.POSITIVE_INFINITY : expiresAt,
    policyItemIds: JSON.parse(String(policyItemIds)),
  } as Snapshot;
}

export function sameBytes(one: PackedSnapshots, other: PackedSnapshots): boolean {
  return (
    one.length === other.length &&
    one.every((batch, n) => Buffer.compare(batch, other[n] ?? new Uint8Array()) === 0)
  );
}
