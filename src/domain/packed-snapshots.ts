import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { runToEnd } from '../runtime/event-loop.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * All snapshots of a listing, compressed: as objects, those of ten thousand clusters take nine times
 * the memory. Listings that say the same have the same bytes.
 */
export type PackedSnapshots = readonly Uint8Array[];

/** A smaller window than usual: zlib asks the system for its memory anew each time. */
const windowBits = 12;
const thrifty = { level: 1, windowBits, memLevel: 5, chunkSize: 4096 };

/** So many are packed at once: a listing may be very long. */
const batchLength = 2_000;

export function packed(snapshots: readonly Snapshot[]): PackedSnapshots {
  return runToEnd(packInBatches(snapshots));
}

export function* packInBatches(snapshots: readonly Snapshot[]): Generator<void, PackedSnapshots> {
  const batches: Uint8Array[] = [];
  for (let from = 0; from < snapshots.length; from += batchLength) {
    const json = JSON.stringify(snapshots.slice(from, from + batchLength));
    // A copy, because zlib lends a part of a buffer that is much larger.
    batches.push(new Uint8Array(deflateRawSync(json, thrifty)));
    yield;
  }
  return batches;
}

/** The snapshots as they were, in their order. */
export function unpacked(batches: PackedSnapshots): readonly Snapshot[] {
  return runToEnd(unpackInBatches(batches));
}

export function* unpackInBatches(batches: PackedSnapshots): Generator<void, readonly Snapshot[]> {
  const snapshots: Snapshot[] = [];
  for (const batch of batches) {
    const written = JSON.parse(
      inflateRawSync(batch, { windowBits }).toString(),
    ) as readonly Snapshot[];
    for (const one of written) {
      // What is kept forever: JSON has no Infinity, and writes null.
      snapshots.push(one.expiresAt === null ? { ...one, expiresAt: Infinity } : one);
    }
    yield;
  }
  return snapshots;
}

export function sameBytes(one: PackedSnapshots, other: PackedSnapshots): boolean {
  return (
    one.length === other.length &&
    one.every((batch, n) => Buffer.compare(batch, other[n] ?? new Uint8Array()) === 0)
  );
}
