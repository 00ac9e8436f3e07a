import { day } from '../../../src/simulator/world/durations.ts';
import { clusterOf, type ScenarioName } from '../../../src/simulator/world/scenarios.ts';
import { type Cluster, World } from '../../../src/simulator/world/world.ts';
import { start } from '../../simulator/client.ts';

const orgId = 'a0123456789abcdef012345a';

export function projectIdOf(index: number): string {
  return `b0123456789abcdef0123${index.toString().padStart(3, '0')}`;
}

/** The project of clusters of which nothing else is said. */
export const projectId = projectIdOf(1);

/** Seen from `startedAt`, a schedule like that of `sixHourly` clusters. */
export function particularsOf(name: string, startedAt = start, inProject = projectId) {
  const reference = { hour: new Date(start * 1000).getUTCHours(), minute: 0 };
  const rules = [['hourly', 6, 7, 'days']] as const;
  return { seed: 'stories', projectId: inProject, name, startedAt, rules, reference };
}

/** A cluster that takes a snapshot when a story begins and every six hours, and keeps each a week. */
export function sixHourly(name: string, ...told: readonly ScenarioName[]): Cluster {
  return clusterOf(particularsOf(name), ...told);
}

export function fleetOf(...clusters: readonly Cluster[]): World {
  const ids = [...new Set(clusters.map((it) => it.projectId))];
  return new World(
    [{ id: orgId, name: 'Harbour Bank' }],
    ids.map((id, n) => ({ id, name: `project-${n + 1}`, orgId, createdAt: start - 2000 * day })),
    clusters,
  );
}
