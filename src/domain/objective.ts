import type { Backups } from './backups.ts';
import { type Cluster, canHaveBackups, type Project } from './cluster.ts';
import type { Plan } from './plan.ts';

/**
 * For what Atlas shows no such schedule of: of flex clusters it takes one snapshot a day, and no
 * schedule of legacy backups is slower than that (documentation: every 6, 8, 12 or 24 hours).
 */
export const dailySeconds = 24 * 3600;

/** The longest time that may pass between two snapshots, and who says so. */
export type Objective = {
  readonly seconds: number;
  readonly source: 'override' | 'tag' | 'schedule' | 'flex' | 'legacy';
};

/** What the configuration says about objectives. */
export type ObjectiveRules = {
  /** How long a snapshot may take to appear after it is due. */
  readonly graceSeconds: number;
  /** By override or tag. `exempt`: this cluster needs no backup. Undefined: nothing is said of it. */
  readonly stated: (project: Project, cluster: Cluster) => Objective | 'exempt' | undefined;
};

/** What an objective is derived from where the configuration says nothing. */
export type ObjectiveFacts = {
  readonly cluster: Cluster;
  /** The last known schedule. */
  readonly plan: Plan | undefined;
  /** The last good listing. */
  readonly known: Backups | undefined;
};

/** The objective in force: an override, else a tag, else the schedule. Undefined: none can be told. */
export function objectiveOf(
  rules: ObjectiveRules,
  project: Project,
  { cluster, plan, known }: ObjectiveFacts,
): Objective | 'exempt' | undefined {
  const stated = rules.stated(project, cluster);
  if (stated !== undefined) return stated;
  if (cluster.topology === 'flex') return { seconds: dailySeconds, source: 'flex' };
  if (!canHaveBackups(cluster)) return undefined;
  if (plan === undefined && known?.newestCompleted?.source === 'legacy') {
    return { seconds: dailySeconds, source: 'legacy' };
  }
  const seconds = plan?.expectedIntervalSeconds;
  return seconds === undefined ? undefined : { seconds, source: 'schedule' };
}
