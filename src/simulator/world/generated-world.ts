import type { UnixSeconds } from '../../domain/time.ts';
import { day } from './durations.ts';
import { objectId, seedOf } from './random.ts';
import { clusterOf, type ScenarioName } from './scenarios.ts';
import { type Project, World } from './world.ts';

export type Generation = {
  readonly seed: string;
  readonly projects: number;
  /** In total, spread over the projects. */
  readonly clusters: number;
  /** Completed snapshots a cluster's schedule keeps; each policy's own number when absent. */
  readonly snapshots?: number;
  /** One cluster each, in turn. Default: a mixture of every scenario, three in five of them healthy replica sets. */
  readonly scenarios?: readonly [ScenarioName, ...ScenarioName[]];
};

const healthy = (count: number) => Array<'healthy'>(count).fill('healthy');

/** Every scenario occurs in the first 25 clusters; with the next 25, three in five are healthy. */
export const mixture: readonly [ScenarioName, ...ScenarioName[]] = [
  ...(['healthy', 'sharded', 'pit', 'flex', 'failing', 'encrypted', 'free', 'healthy'] as const),
  ...(['stale', 'multiCloud', 'paused', 'onDemand', 'geosharded', 'stuck', 'legacy'] as const),
  ...(['fallback', 'neverEnabled', 'expiring', 'flexFailed', 'switchedOff'] as const),
  ...(['legacyLeftovers', 'neverBackedUp', 'creating', 'recovered', 'copied'] as const),
  ...([...healthy(4), 'sharded', ...healthy(5), 'flex', ...healthy(2), 'pit'] as const),
  ...([...healthy(4), 'free', ...healthy(6)] as const),
];

/** Ten projects an organisation; cluster n is in project n modulo `projects`. */
export function generatedWorld(wanted: Generation, start: UnixSeconds): World {
  const { seed, scenarios = mixture, snapshots } = wanted;
  const startedAt = Math.floor(start);
  const organisations = Array.from({ length: Math.ceil(wanted.projects / 10) }, (_, n) => ({
    id: objectId(startedAt - 1600 * day, seedOf(`${seed}/org/${n}`)),
    name: `Organisation ${n + 1}`,
  }));
  const projects = Array.from({ length: wanted.projects }, (_, n): Project => {
    const createdAt = startedAt - 1550 * day + n;
    const id = objectId(createdAt, seedOf(`${seed}/project/${n}`));
    const orgId = organisations[Math.floor(n / 10)]?.id ?? '';
    return { id, name: `project-${n + 1}`, orgId, createdAt };
  });
  const clusters = projects.flatMap((project, p) => {
    const share = Math.max(0, Math.ceil((wanted.clusters - p) / wanted.projects));
    return Array.from({ length: share }, (_, n) => {
      const index = p + n * wanted.projects;
      const spec = {
        seed: `${seed}/${project.name}`,
        projectId: project.id,
        name: `cluster-${index + 1}`,
        startedAt,
        tags: index % 3 === 0 ? [{ key: 'env', value: index % 2 === 0 ? 'prod' : 'test' }] : [],
        ...(snapshots === undefined ? {} : { snapshots }),
      };
      return clusterOf(spec, scenarios[index % scenarios.length] ?? scenarios[0]);
    });
  });
  return new World(organisations, projects, clusters);
}
