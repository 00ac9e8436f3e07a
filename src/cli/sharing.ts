import { type Shard, wholeFleet } from '../domain/shard.ts';
import { CommandError, type FlagValues } from './usage.ts';

const maxShards = 1_000;

/**
 * The share that `--shard` and `--total-shards` give. A StatefulSet numbers its pods by name, so the
 * number at the end of one will do. @throws CommandError 2
 */
export function shardFrom(values: FlagValues): Shard {
  const { shard, 'total-shards': totalShards } = values;
  if (shard === undefined && totalShards === undefined) return wholeFleet;
  if (shard === undefined || totalShards === undefined) {
    throw new CommandError('--shard and --total-shards must be given together', 2);
  }
  const total = wholeNumber(String(totalShards));
  if (total === undefined || total < 1 || total > maxShards) {
    throw new CommandError(`--total-shards must be a whole number from 1 to ${maxShards}`, 2);
  }
  const index = wholeNumber(/(?:^|[^-]-)(\d+)$/.exec(String(shard))?.[1] ?? '');
  if (index === undefined || index >= total) {
    throw new CommandError(
      `--shard must be a whole number from 0 to ${total - 1}, or a name that ends in a hyphen and such a number`,
      2,
    );
  }
  return { index, total };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
