import { expect, test } from 'vitest';
import { generatedWorld } from '../../../src/simulator/world/generated-world.ts';
import { start } from '../../simulator/client.ts';
import { projectId, shortKeys, surveying } from './surveying.ts';

const world = generatedWorld({ seed: 'shards', projects: 3, clusters: 60, snapshots: 2 }, start);

test('every shard lists every project, and each cluster is read by one of them', async () => {
  const read: string[] = [];
  for (const index of [0, 1, 2, 3]) {
    const it = await surveying(world, { shard: { index, total: 4 } });
    const report = await it.pass({ discover: true });
    expect(report.clusters.size).toBe(3);
    expect(it.fleet().projects.get(projectId(world))?.listing).toMatchObject({ value: 20 });
    expect(report.backups.size).toBeGreaterThan(5);
    read.push(...report.backups.keys());
  }
  const all = world.projects.flatMap(({ id }) => world.clusters(id));
  expect(shortKeys(world, read)).toEqual(
    shortKeys(
      world,
      all.map(({ projectId: id, name }) => `${id}/${name}`),
    ),
  );
});

test('the limit of clusters counts those of the shard', async () => {
  const it = await surveying(world, { shard: { index: 0, total: 4 }, maxClusters: 30 });
  const report = await it.pass({ discover: true });
  expect(report.anomalies.clustersOverLimit).toBe(0);
});
