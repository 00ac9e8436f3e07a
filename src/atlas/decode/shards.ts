import { z } from 'zod';
import { id } from './fields.ts';

const ids = z.array(id);

/**
 * Whether a sharded snapshot says of itself that shards are missing. Atlas names the snapshots of the
 * shards twice, in `members` and in `snapshotIds`, and documents that both "should match"; that is all
 * it tells: a member has no status, and how many a snapshot should have depends on the shards of then.
 */
export function lacksShards(
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
