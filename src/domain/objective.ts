import { type Cluster, canHaveBackups, type Project } from './cluster.ts';
import type { Plan } from './plan.ts';

/** Atlas shows no schedule of flex clusters and takes one snapshot of each a day. */
const flexSeconds = 24 * 3600;

/** The longest time that may pass between two snapshots, and who says so. */
export type Objective = {
  readonly seconds: number;
  readonly source: 'override' | 'tag' | 'schedule' | 'flex';
};

/** What the configuration says about objectives. */
export type ObjectiveRules = {
  /** How long a snapshot may take to appear after it is due. */
  readonly graceSeconds: number;
  /** By override or tag. `exempt`: this cluster needs no backup. Undefined: nothing is said of it. */
  readonly stated: (project: Project, cluster: Cluster) => Objective | 'exempt' | undefined;
};

/** The objective in force: an override, else a tag, else the schedule. Undefined: none can be told. */
export function objectiveOf(
  rules: ObjectiveRules,
  project: Project,
  cluster: Cluster,
  plan: Plan | undefined,
): Objective | 'exempt' | undefined {
  const stated = rules.stated(project, cluster);
  if (stated !== undefined) return stated;
  if (cluster.topology === 'flex') return { seconds: flexSeconds, source: 'flex' };
  const seconds = canHaveBackups(cluster) ? plan?.expectedIntervalSeconds : undefined;
  return seconds === undefined ? undefined : { seconds, source: 'schedule' };
}
