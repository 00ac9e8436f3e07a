import { createHash } from 'node:crypto';

/** One of several processes that share the clusters among them. */
export type Shard = {
  /** From 0. */
  readonly index: number;
  readonly total: number;
};

/** A process that has all of them. */
export const wholeFleet: Shard = { index: 0, total: 1 };

/** Whether this process has what the key names: a cluster by its key, a project by its id. */
export function isOurs({ index, total }: Shard, key: string): boolean {
  return total === 1 || shardOf(key, total) === index;
}

/** The same key gets the same shard everywhere; when their number grows, few keys move. */
export function shardOf(key: string, total: number): number {
  return jump(createHash('sha256').update(key).digest().readBigUInt64BE(), total);
}

/** Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm": arxiv.org/abs/1406.2294 */
function jump(hash: bigint, buckets: number): number {
  let state = hash;
  let bucket = 0;
  for (let next = 0; next < buckets; ) {
    bucket = next;
    state = BigInt.asUintN(64, state * 2_862_933_555_777_941_757n + 1n);
    next = Math.floor((bucket + 1) * (2 ** 31 / (Number(state >> 33n) + 1)));
  }
  return bucket;
}
