import { describe, expect, test } from 'vitest';
import { failedReads } from '../../../src/domain/failed-reads.ts';
import type { RawResponse } from '../../../src/simulator/interception.ts';
import { ends, projectId, surveying, worldWith } from './surveying.ts';

const refusal = (status: number, code: string): RawResponse => ({
  status,
  headers: { 'Content-Type': 'application/json', 'X-Error-Code': code },
  body: JSON.stringify({ error: status, errorCode: code }),
});

describe('a cluster whose record cannot be read', () => {
  const garbled = (path: string) =>
    path.endsWith('/clusters')
      ? {
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ results: [{ id: 17 }] }),
        }
      : undefined;

  test('is not taken for deleted, and goes on being read', async () => {
    const world = worldWith(1, 2, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    it.answer(({ path }) => garbled(path));
    for (const _ of [1, 2, 3]) {
      const report = await it.pass({ discover: true });
      expect(Object.values(ends(world, report.backups))).toEqual(['read', 'read']);
      expect(report.anomalies.rejected).toEqual(['schema']);
    }
    expect(it.fleet().clusters.size).toBe(2);
  });

  test('and that Atlas does not know any more has failed', async () => {
    const world = worldWith(1, 2, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    it.answer(({ path }) => garbled(path));
    world.remove(projectId(world), 'cluster-2');
    const report = await it.pass({ discover: true });
    expect(ends(world, report.backups)).toEqual({
      'project-1/cluster-1': 'read',
      'project-1/cluster-2': 'not_found',
    });
  });
});

describe('a cluster that is gone', () => {
  test('between two listings is no failure, and its project is listed again', async () => {
    const world = worldWith(2, 2, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    world.remove(projectId(world), 'cluster-3');
    const report = await it.pass();
    expect(failedReads(report)).toEqual([]);
    expect(Object.keys(ends(world, report.backups))).not.toContain('project-1/cluster-3');
    const next = await it.pass();
    expect(ends(world, next.clusters)).toEqual({ 'project-1': 'read' });
    // Not among them once; asked once more, as a second listing has to confirm it.
    expect(failedReads(next)).toEqual([]);
    await it.pass();
    expect(it.fleet().clusters.size).toBe(3);
    await it.pass();
    await it.pass();
    expect(it.asked()).toHaveLength(3);
  });

  test('though it was listed in this very pass is a failure', async () => {
    const world = worldWith(1, 1, 'healthy');
    const it = await surveying(world);
    it.answer(({ path }) =>
      path.endsWith('/backup/snapshots') ? refusal(404, 'CLUSTER_NOT_FOUND') : undefined,
    );
    const report = await it.pass({ discover: true });
    expect(ends(world, report.backups)).toEqual({ 'project-1/cluster-1': 'not_found' });
  });

  test('with its project is a failure in every pass', async () => {
    const world = worldWith(1, 1, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    it.answer(({ path }) =>
      path.includes(projectId(world)) ? refusal(404, 'GROUP_NOT_FOUND') : undefined,
    );
    for (const discover of [false, true, false]) {
      const report = await it.pass({ discover });
      expect(ends(world, report.backups)).toEqual({ 'project-1/cluster-1': 'not_found' });
    }
  });
});

describe('a cluster of another kind than listed', () => {
  test('is asked for its right listing once, and its project is listed again', async () => {
    const world = worldWith(1, 2, 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    const flex = worldWith(1, 2, 'healthy', 'flex').cluster(projectId(world), 'cluster-2');
    if (flex === undefined) throw new Error('no such cluster');
    world.add(flex);
    const report = await it.pass();
    expect(ends(world, report.backups)).toEqual({
      'project-1/cluster-1': 'read',
      'project-1/cluster-2': 'read',
    });
    const asked = it.asked().filter((path) => path.includes('/cluster-2/'));
    expect(asked.map((path) => path.split('/')[3])).toEqual(['clusters', 'flexClusters']);
    await it.pass();
    const again = it.asked().filter((path) => path.includes('/cluster-2/'));
    expect(again.map((path) => path.split('/')[3])).toEqual(['flexClusters']);
    await it.pass();
    expect(it.asked()).toHaveLength(2);
  });

  test('is asked twice and no more when both answers point to the other', async () => {
    const world = worldWith(1, 1, 'healthy');
    const it = await surveying(world);
    it.answer(({ path }) =>
      path.includes('/flexClusters/')
        ? refusal(400, 'CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API')
        : path.includes('/clusters/')
          ? refusal(400, 'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API')
          : undefined,
    );
    const report = await it.pass({ discover: true });
    expect(ends(world, report.backups)).toEqual({ 'project-1/cluster-1': 'server' });
    expect(it.asked().filter((path) => path.includes('/cluster-1/'))).toHaveLength(2);
  });

  test('may be sharded meanwhile, or not any more', async () => {
    const world = worldWith(1, 2, 'healthy', 'sharded');
    const swapped = worldWith(1, 2, 'sharded', 'healthy');
    const it = await surveying(world);
    await it.pass({ discover: true });
    for (const cluster of swapped.clusters(projectId(world))) world.add(cluster);
    const report = await it.pass();
    expect(Object.values(ends(world, report.backups))).toEqual(['read', 'read']);
    expect(it.asked()).toHaveLength(4);
  });
});
