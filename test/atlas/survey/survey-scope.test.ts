import { describe, expect, test } from 'vitest';
import { failedReads } from '../../../src/domain/failed-reads.ts';
import { simulatorAccount } from '../reader.ts';
import { projectId, shortKeys, surveying, worldWith } from './surveying.ts';

describe('what is in scope', () => {
  test('is what the account selects of projects and clusters', async () => {
    const world = worldWith(2, 3, 'healthy');
    const it = await surveying(world, {
      accounts: [
        {
          selectsProject: ({ name }) => name === 'project-2',
          selectsCluster: (_, name) => name !== 'cluster-4',
        },
      ],
    });
    const report = await it.pass({ discover: true });
    expect(shortKeys(world, report.backups.keys())).toEqual([
      'project-2/cluster-2',
      'project-2/cluster-6',
    ]);
    expect(it.asked().filter((path) => path.includes(projectId(world)))).toEqual([]);
  });

  test('does not hide a named project that is not found', async () => {
    const world = worldWith(2, 1, 'healthy');
    const namedProjects = [projectId(world), 'project-2', 'no-such-project'];
    const it = await surveying(world, { accounts: [{ namedProjects }] });
    const report = await it.pass({ discover: true });
    expect(report.projects.get('account-1')).toMatchObject({
      kind: 'read',
      value: { missing: ['no-such-project'] },
    });
    expect(failedReads(report).map(({ failure }) => failure)).toMatchObject([
      { reason: 'not_found', endpoint: 'projects' },
    ]);
    // It is looked for again in every pass, not at discovery only.
    await it.pass();
    expect(it.asked()).toContain('/groups');
  });

  test('ends at max_clusters, those first that are known already', async () => {
    const world = worldWith(1, 5, 'healthy');
    const it = await surveying(world, { maxClusters: 3 });
    const first = await it.pass({ discover: true });
    expect([first.backups.size, first.anomalies.clustersOverLimit]).toEqual([3, 2]);
    const kept = [...it.fleet().clusters.keys()];
    const second = await it.pass({ discover: true });
    expect([...second.backups.keys()].toSorted()).toEqual(kept.toSorted());
    expect(second.anomalies.clustersOverLimit).toBe(2);
  });

  test('ends at max_clusters, without counting those of a project that has gone', async () => {
    const world = worldWith(2, 3, 'healthy');
    let gone = false;
    const selectsProject = ({ name }: { name: string }) => !gone || name === 'project-1';
    const it = await surveying(world, { maxClusters: 3, accounts: [{ selectsProject }] });
    expect((await it.pass({ discover: true })).anomalies.clustersOverLimit).toBe(3);
    gone = true;
    await it.pass({ discover: true });
    await it.pass({ discover: true });
    const last = await it.pass({ discover: true });
    expect(last.anomalies.clustersOverLimit).toBe(0);
  });

  test('passes to the other account, with all that is known, when the first loses sight of it', async () => {
    const world = worldWith(1, 1, 'healthy');
    let visible = true;
    const it = await surveying(world, {
      accounts: [{ selectsProject: () => visible }, { credentials: simulatorAccount }],
    });
    await it.pass({ discover: true });
    const [known] = it.fleet().clusters.values();
    visible = false;
    const report = await it.pass({ discover: true });
    const id = projectId(world);
    expect(it.fleet().projects.get(id)).toMatchObject({ account: 'account-2', absences: 0 });
    expect(report.anomalies.duplicateProjects).toBe(0);
    const [now] = it.fleet().clusters.values();
    expect(now?.history).toEqual(known?.history);
    expect(report.backups.size).toBe(1);
  });

  test('belongs to the first of two accounts that see it', async () => {
    const world = worldWith(2, 1, 'healthy');
    const it = await surveying(world, {
      accounts: [
        { selectsProject: ({ name }) => name === 'project-1' },
        { credentials: simulatorAccount },
      ],
    });
    const report = await it.pass({ discover: true });
    expect(report.anomalies.duplicateProjects).toBe(1);
    expect(shortKeys(world, report.backups.keys())).toEqual([
      'project-1/cluster-1',
      'project-2/cluster-2',
    ]);
    expect([...it.fleet().projects.values()].map(({ account }) => account)).toEqual([
      'account-1',
      'account-2',
    ]);
  });

  test('belongs to the account that has it, though the other one comes first', async () => {
    const world = worldWith(1, 1, 'healthy');
    let seen = false;
    const it = await surveying(world, {
      accounts: [{ selectsProject: () => seen }, { credentials: simulatorAccount }],
    });
    await it.pass({ discover: true });
    seen = true;
    const report = await it.pass({ discover: true });
    expect(report.anomalies.duplicateProjects).toBe(1);
    expect(report.backups.size).toBe(1);
    expect(it.readers[0]?.heard.exchanges.some(({ endpoint }) => endpoint === 'snapshots')).toBe(
      false,
    );
  });
});
