import { type Cluster, canHaveBackups } from '../../domain/cluster.ts';
import { type Phrase, say } from '../../domain/phrase.ts';
import { planKey } from '../../domain/plan.ts';
import { hasSchedule } from '../../domain/schedule.ts';
import { asksSchedule, readAgainAt } from '../../domain/schedule-reads.ts';
import { clusterCollector } from '../collector.ts';
import { scheduleAlerts } from './alerts.ts';
import { scheduleFamilies } from './families.ts';
import { readPlan } from './read.ts';
import { policySection } from './section.ts';

/** The backup schedule of each cluster: what due times are derived from. */
export const schedule = clusterCollector({
  key: planKey,
  whyNot,
  read: readPlan,
  isDue: ({ tracked, cluster, listed, now }) => asksSchedule(tracked, cluster, listed, now),
  nextAt: ({ cluster, knownPlan }, readAt) => readAgainAt(cluster, knownPlan, readAt),
  families: () => scheduleFamilies,
  alerts: scheduleAlerts,
  section: policySection,
});

function whyNot(cluster: Cluster): Phrase | undefined {
  if (!canHaveBackups(cluster)) return say`A free cluster has none.`;
  if (cluster.topology === 'flex') return say`Atlas shows none of flex clusters.`;
  if (!hasSchedule(cluster)) return say`Backup is switched off in Atlas: there is none.`;
  return undefined;
}
