import { type Cluster, canHaveBackups } from './cluster.ts';
import type { Frequency, PolicyFrequency } from './snapshot.ts';
import type { UnixSeconds } from './time.ts';

/** One line of a backup policy. */
export type PolicyItem = {
  readonly id: string;
  readonly frequency: Frequency;
  /** Hourly: hours. Weekly: weekday, 1 is Monday. Monthly: day, 40 is the last. Yearly: month. */
  readonly interval: number;
  readonly retentionUnit: 'days' | 'weeks' | 'months' | 'years' | 'other';
  readonly retentionValue: number;
};

/** When Atlas takes snapshots of a cluster, and for how long it keeps them. */
export type Schedule = {
  /** Absent when no policy item is left. */
  readonly nextSnapshotAt: UnixSeconds | undefined;
  /** UTC. */
  readonly referenceHour: number | undefined;
  readonly referenceMinute: number | undefined;
  readonly policyItems: readonly PolicyItem[];
  /** Days of continuous backup. Absent where there is none. */
  readonly restoreWindowDays: number | undefined;
  readonly autoExport: boolean;
};

/** Whether Atlas has a schedule to ask for: it shows none of flex clusters, nor with backup off. */
export function hasSchedule(cluster: Cluster): boolean {
  return cluster.backupEnabled && cluster.topology !== 'flex' && canHaveBackups(cluster);
}

/** The items of one frequency; Atlas allows several of some. */
export function itemsOf(
  { policyItems }: Schedule,
  frequency: PolicyFrequency,
): readonly PolicyItem[] {
  return policyItems.filter((item) => item.frequency === frequency);
}

const day = 86_400;
// Atlas keeps months and years by its own calendar, which it does not publish.
const unitSeconds = { days: day, weeks: 7 * day, months: 30 * day, years: 365 * day } as const;

/** How long a snapshot of this item is kept; a month counts as 30 days, a year as 365. */
export function retentionSeconds(item: PolicyItem): number | undefined {
  const { retentionUnit, retentionValue } = item;
  return retentionUnit === 'other' ? undefined : retentionValue * unitSeconds[retentionUnit];
}
