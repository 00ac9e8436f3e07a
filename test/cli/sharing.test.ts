import { describe, expect, test } from 'vitest';
import { shardFrom } from '../../src/cli/sharing.ts';

const from = (shard?: string, total?: string) =>
  shardFrom({
    ...(shard === undefined ? {} : { shard }),
    ...(total === undefined ? {} : { 'total-shards': total }),
  });

describe('the share of a process', () => {
  test('is everything without flags', () => {
    expect(from()).toEqual({ index: 0, total: 1 });
  });

  test.each([
    ['0', '1', 0],
    ['3', '4', 3],
    ['exporter-0', '4', 0],
    ['backup-exporter-11', '12', 11],
  ])('is %s of %s', (shard, total, index) => {
    expect(from(shard, total)).toEqual({ index, total: Number(total) });
  });

  test.each([
    ['1', undefined, 'given together'],
    [undefined, '2', 'given together'],
    ['2', '2', 'from 0 to 1'],
    ['-1', '2', 'from 0 to 1'],
    ['one', '2', 'from 0 to 1'],
    ['exporter-2', '2', 'from 0 to 1'],
    ['exporter2', '3', 'from 0 to 2'],
    ['', '2', 'from 0 to 1'],
    ['0', '0', 'from 1 to 1000'],
    ['0', '1001', 'from 1 to 1000'],
    ['0', '1.5', 'from 1 to 1000'],
    ['0', '', 'from 1 to 1000'],
  ])('cannot be --shard %s of --total-shards %s', (shard, total, words) => {
    expect(() => from(shard, total)).toThrow(words);
  });
});
