import { expect, test } from 'vitest';
import { endpoints } from '../../src/atlas/endpoints.ts';
import { simulated } from '../simulator/client.ts';
import { groupId, world } from '../simulator/project.ts';
import { patient, reader } from './reader.ts';
import { failureOf } from './transport/wire.ts';

test.each([
  ['nothing', ''],
  ['a dot', '.'],
  ['two dots, which lead up', '..'],
  ['half of a character', 'a\ud800'],
])('a cluster whose name is %s is not asked for, and says why', async (_, clusterName) => {
  const simulator = await simulated(world(), { rateLimits: 'off' });
  const { client } = reader(simulator.url);
  const error = await failureOf(
    client.list(endpoints.snapshots, { groupId, clusterName }, patient),
  );
  expect(error.message).toBe('snapshots: bad_schema a name that no path can hold');
  expect(simulator.requestLog.total).toBe(0);
});

test.each(['a/../b', 'a?b#c', '%2e%2e', 'a b', '💾', '...'])(
  'a cluster named %j is asked for in one segment of the path',
  async (clusterName) => {
    const simulator = await simulated(world(), { rateLimits: 'off' });
    const { client } = reader(simulator.url);
    const error = await failureOf(
      client.list(endpoints.snapshots, { groupId, clusterName }, patient),
    );
    expect(error.code).toBe('CLUSTER_NOT_FOUND');
    const path = simulator.requestLog.entries.at(-1)?.path ?? '';
    expect(path.split('/').map(decodeURIComponent)).toContain(clusterName);
  },
);
