import { planKey } from '../../domain/plan.ts';
import { asksSchedule, readAgainAt } from '../../domain/schedule-reads.ts';
import { clusterCollector } from '../collector.ts';
import { scheduleAlerts } from './alerts.ts';
import { scheduleFamilies } from './families.ts';
import { readPlan } from './read.ts';
import { policySection } from './section.ts';

/** The backup schedule of each cluster: what due times are derived from. */
export const schedule = clusterCollector({
  key: planKey,
  read: readPlan,
  isDue: ({ tracked, cluster, listed, now }) => asksSchedule(tracked, cluster, listed, now),
  nextAt: ({ cluster, knownPlan }, readAt) => readAgainAt(cluster, knownPlan, readAt),
  families: () => scheduleFamilies,
  alerts: scheduleAlerts,
  section: policySection,
});
