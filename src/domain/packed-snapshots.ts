import { runToEnd } from '../runtime/event-loop.ts';
import type { Snapshot, UncompletedSnapshot } from './snapshot.ts';
import { objectIdTime } from './time.ts';

/**
 * All snapshots of a listing, in a fifth of the memory that they take as objects: ten thousand
 * clusters keep half a million of them. Listings that say the same have the same bytes.
 */
export type PackedSnapshots = Uint8Array;

/** What many snapshots of a listing have in common; told once, and counted from 0. */
type Traits = Omit<UncompletedSnapshot, 'id' | 'requestedAt' | 'expiresAt' | 'status'>;

type Row = readonly [
  traits: number,
  id: string,
  /** -1: for ever, which JSON cannot say. Null: absent. */
  expiresAt: number | null,
  end: UncompletedSnapshot['status'] | Completion,
  /** Left out where the id says it. */
  requestedAt?: number,
];

type Completion = readonly [takenAt: number, sizeBytes: number | null, finishedAt?: number];

type Table = { readonly traits: readonly Traits[]; readonly rows: readonly Row[] };

/** JSON leaves out what is absent. */
const absent = {
  type: undefined,
  frequency: undefined,
  cloudProvider: undefined,
  mongodbVersion: undefined,
  encrypted: undefined,
};

/** So many are packed at once. */
const stepLength = 2_000;

export function packed(snapshots: readonly Snapshot[]): PackedSnapshots {
  return runToEnd(packing(snapshots));
}

/** The same in steps, for very long listings. */
export function* packing(snapshots: readonly Snapshot[]): Generator<void, PackedSnapshots> {
  const places = new Map<string, number>();
  const traits: Traits[] = [];
  const rowOf = (one: Snapshot): Row => {
    const key = traitsKey(one);
    const place = places.get(key) ?? traits.push(traitsOf(one)) - 1;
    places.set(key, place);
    const { id, requestedAt } = one;
    const expiresAt = one.expiresAt === Infinity ? -1 : (one.expiresAt ?? null);
    const end = one.status === 'completed' ? completion(one) : one.status;
    return requestedAt === objectIdTime(id)
      ? [place, id, expiresAt, end]
      : [place, id, expiresAt, end, requestedAt];
  };
  const rows: string[] = [];
  for (let from = 0; from < snapshots.length; from += stepLength) {
    const some = snapshots.slice(from, from + stepLength).map(rowOf);
    rows.push(JSON.stringify(some).slice(1, -1));
    yield;
  }
  return new TextEncoder().encode(`{"traits":${JSON.stringify(traits)},"rows":[${rows}]}`);
}

/** The snapshots as they were, in their order. */
export function unpacked(bytes: PackedSnapshots): readonly Snapshot[] {
  const { traits, rows }: Table = JSON.parse(new TextDecoder().decode(bytes));
  return rows.flatMap(([place, id, expiresAt, end, requestedAt = objectIdTime(id)]) => {
    const one = traits[place];
    if (one === undefined) return [];
    const facts = {
      ...absent,
      ...one,
      id,
      requestedAt,
      expiresAt: expiresAt === -1 ? Infinity : (expiresAt ?? undefined),
    };
    if (typeof end === 'string') return { ...facts, status: end };
    const [takenAt, sizeBytes, finishedAt] = end;
    return {
      ...facts,
      status: 'completed',
      takenAt,
      finishedAt,
      sizeBytes: sizeBytes ?? undefined,
    };
  });
}

export function sameBytes(one: PackedSnapshots, other: PackedSnapshots): boolean {
  return Buffer.compare(one, other) === 0;
}

function completion(one: Extract<Snapshot, { status: 'completed' }>): Completion {
  const { takenAt, sizeBytes = null, finishedAt } = one;
  return finishedAt === undefined ? [takenAt, sizeBytes] : [takenAt, sizeBytes, finishedAt];
}

function traitsOf({ source, type, frequency, cloudProvider, ...one }: Snapshot): Traits {
  const { mongodbVersion, encrypted, policyItemIds } = one;
  return { source, type, frequency, cloudProvider, mongodbVersion, encrypted, policyItemIds };
}

/** Different for different traits. Written by hand: as JSON it would cost as much as decoding did. */
function traitsKey(one: Snapshot): string {
  const { source, type, frequency, cloudProvider, encrypted, mongodbVersion, policyItemIds } = one;
  const ids = policyItemIds.length === 1 ? policyItemIds[0] : JSON.stringify(policyItemIds);
  const fixed = `${source} ${type} ${frequency} ${cloudProvider} ${encrypted}`;
  return `${fixed} ${policyItemIds.length} ${ids?.length} ${ids} ${mongodbVersion}`;
}
