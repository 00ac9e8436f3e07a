import type { UnixSeconds } from '../../domain/time.ts';
import { day } from './healthy-cluster.ts';
import { objectId, seedOf } from './random.ts';
import { clusterOf, type ScenarioName } from './scenarios.ts';
import { type Organisation, type Project, World } from './world.ts';

export type Generation = {
  readonly seed: string;
  readonly projects: number;
  /** In total, spread over the projects. */
  readonly clusters: number;
  /** Completed snapshots a cluster's schedule keeps; each policy's own number when absent. */
  readonly snapshots?: number;
  /** Assigned in turn. Default: a mixture of every scenario, three in five of them healthy replica sets. */
  readonly scenarios?: readonly [ScenarioName, ...ScenarioName[]];
};

/** Every scenario occurs in the first 25 clusters; with the next 25, three in five are healthy. */
export const mixture: readonly [ScenarioName, ...ScenarioName[]] = [
  ...(['healthy', 'sharded', 'pit', 'flex', 'failing', 'encrypted', 'free'] as const),
  ...(['healthy', 'stale', 'multiCloud', 'paused', 'onDemand', 'geosharded'] as const),
  ...(['stuck', 'legacy', 'fallback', 'neverEnabled', 'expiring', 'flexFailed'] as const),
  ...([
    'switchedOff',
    'legacyLeftovers',
    'neverBackedUp',
    'creating',
    'recovered',
    'copied',
  ] as const),
  ...(['healthy', 'healthy', 'healthy', 'healthy', 'sharded', 'healthy', 'healthy'] as const),
  ...(['healthy', 'healthy', 'healthy', 'flex', 'healthy', 'healthy', 'pit'] as const),
  ...(['healthy', 'healthy', 'healthy', 'healthy', 'free', 'healthy', 'healthy'] as const),
  ...(['healthy', 'healthy', 'healthy', 'healthy'] as const),
];

/** Ten projects an organisation; cluster n is in project n modulo `projects`. */
export function generatedWorld(wanted: Generation, start: UnixSeconds): World {
  const startedAt = Math.floor(start);
  const { seed } = wanted;
  const organisations = Array.from(
    { length: Math.ceil(wanted.projects / 10) },
    (_, n): Organisation => ({
      id: objectId(startedAt - 1600 * day, seedOf(`${seed}/org/${n}`)),
      name: `Organisation ${n + 1}`,
    }),
  );
  const projects = Array.from(
    { length: wanted.projects },
    (_, n): Project => ({
      id: objectId(startedAt - 1550 * day + n, seedOf(`${seed}/project/${n}`)),
      name: `project-${n + 1}`,
      orgId: organisations[Math.floor(n / 10)]?.id ?? '',
      createdAt: startedAt - 1550 * day + n,
    }),
  );
  const scenarios = wanted.scenarios ?? mixture;
  const clusters = projects.flatMap((project, p) => {
    const share = Math.ceil((wanted.clusters - p) / wanted.projects);
    return Array.from({ length: Math.max(0, share) }, (_, n) => {
      const index = p + n * wanted.projects;
      const it = {
        seed: `${seed}/${project.name}`,
        projectId: project.id,
        name: `cluster-${index + 1}`,
        startedAt,
        tags: index % 3 === 0 ? [{ key: 'env', value: index % 2 === 0 ? 'prod' : 'test' }] : [],
        ...(wanted.snapshots === undefined ? {} : { snapshots: wanted.snapshots }),
      };
      return clusterOf(it, scenarios[index % scenarios.length] ?? scenarios[0]);
    });
  });
  return new World(organisations, projects, clusters);
}
