import { expect, test } from 'vitest';
import { coherent } from '../../../src/atlas/survey/list-clusters.ts';
import { cluster } from '../../domain/reports.ts';
import { projectId, surveying, worldWith } from './surveying.ts';

const [one, other] = [cluster('p/one'), cluster('p/other')];

test('clusters of one project, each once, are as they were', () => {
  expect(coherent('p', [one, other])).toEqual([one, other]);
});

test('a cluster that comes twice counts once, as it came last', () => {
  const later = { ...one, paused: true };
  expect(coherent('p', [one, other, later])).toEqual([later, other]);
});

test.each([
  ['two clusters of one name', [one, { ...one, id: 'another' }]],
  ['a cluster of another project', [one, cluster('q/one')]],
])('%s: nothing of the listing can be relied on', (said, listed) => {
  expect(() => coherent('p', listed)).toThrow(`clusters: bad_schema 200 ${said}`);
});

test('a project whose listing names another one fails, and no cluster appears there', async () => {
  const world = worldWith(2, 1, 'healthy');
  const { answer, pass, fleet } = await surveying(world);
  const [first, second] = [projectId(world), projectId(world, 1)];
  await pass({ discover: true });
  const before = [...fleet().clusters.keys()];
  answer(async ({ path, atlas }) => {
    if (!path.endsWith(`/${first}/clusters`)) return undefined;
    const truth = await atlas();
    return { ...truth, body: String(truth.body).replaceAll(first, second) };
  });
  const { clusters } = await pass({ discover: true });
  expect(clusters.get(first)).toMatchObject({ kind: 'failed', failure: { reason: 'bad_schema' } });
  expect([...fleet().clusters.keys()]).toEqual(before);
});
