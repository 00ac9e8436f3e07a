import type { ClusterRow } from '../../domain/cluster-view.ts';
import { expectedIntervalSeconds } from '../../domain/longest-gap.ts';
import { itemsOf, retentionSeconds } from '../../domain/schedule.ts';
import { type PolicyFrequency, policyFrequencies } from '../../domain/snapshot.ts';
import { type Family, familiesOf } from '../../metrics/family.ts';

const schedule = familiesOf<ClusterRow>('schedule');
const details = familiesOf<ClusterRow>('schedule', undefined, 'metrics.policy_details');

const byFrequency = ['frequency', policyFrequencies] as const;

/** The families about a cluster's schedule, and about what is due by it. */
export const scheduleFamilies: readonly Family<ClusterRow>[] = [
  schedule.gauge(
    'schedule_next_snapshot_timestamp_seconds',
    'When Atlas takes the next scheduled snapshot. Cached; absent for flex, with backup off, when none is announced, and once it has passed while the schedule cannot be read.',
    ({ knownPlan, announcementOutdated }) =>
      announcementOutdated ? undefined : knownPlan?.schedule.nextSnapshotAt,
  ),
  schedule.gauge(
    'schedule_expected_interval_seconds',
    'Longest gap between snapshots that the policy items of the cluster allow together. Cached; absent without a schedule, and after max_staleness when it cannot be read.',
    ({ currentPlan }) => currentPlan?.expectedIntervalSeconds,
  ),
  schedule.gauge(
    'rpo_objective_seconds',
    'Longest time that may pass between two snapshots: an override of the configuration, else the tag it names, else the expected interval; 24 hours for flex and legacy backups. Cached; absent when there is none.',
    ({ objective, currentPlan }) =>
      objective?.source === 'schedule' && currentPlan === undefined
        ? undefined
        : objective?.seconds,
  ),
  schedule.gauge(
    'snapshot_due_timestamp_seconds',
    'Latest time by which one more completed snapshot must be visible: the newest one, or else the creation of the cluster or the moment its backup was switched on, plus objective and grace. Cached; absent while paused, with backup off, before the first good read, and without an objective.',
    ({ due }) => due?.at,
  ),
  schedule.gauge(
    'schedule_hash',
    'Number that changes when the policy changes. Cached; absent without a schedule, and after max_staleness when it cannot be read.',
    ({ currentPlan }) => currentPlan?.hash,
  ),
  schedule.gauge(
    'pit_window_seconds',
    'Configured window of continuous (point-in-time) backup. Cached; absent when that is off, and after max_staleness when the schedule cannot be read.',
    ({ cluster, currentPlan }) => {
      const days = currentPlan?.schedule.restoreWindowDays;
      return cluster.pitEnabled === true && days !== undefined ? days * 86_400 : undefined;
    },
  ),
  schedule.gauge(
    'auto_export_enabled',
    '1 when Atlas exports snapshots automatically. Cached; absent without a schedule, and after max_staleness when it cannot be read.',
    ({ currentPlan }) => currentPlan?.schedule.autoExport,
  ),
  details.by(
    'policy_interval_seconds',
    'Longest gap that the policy items of this frequency allow. Cached; absent when the schedule has none, for on-demand ones, and after max_staleness when it cannot be read.',
    byFrequency,
    (row, frequency) => expectedIntervalSeconds(items(row, frequency)),
  ),
  details.by(
    'policy_retention_seconds',
    'How long snapshots of this frequency are kept, the longest of several items; a month counts as 30 days, a year as 365. Cached; absent when the schedule has none, and after max_staleness when it cannot be read.',
    byFrequency,
    (row, frequency) => {
      const all = items(row, frequency).flatMap((item) => retentionSeconds(item) ?? []);
      return all.length === 0 ? undefined : Math.max(...all);
    },
  ),
  schedule.by(
    'policy_last_completed_timestamp_seconds',
    'When the newest completed snapshot was taken that satisfies the policy items of this frequency; one snapshot can satisfy several. Cached; absent when there is none.',
    byFrequency,
    ({ kept }, frequency) => kept[frequency]?.newestAt,
  ),
  schedule.by(
    'policy_completed_snapshots',
    'Completed snapshots kept now that satisfy the policy items of this frequency. Cached; absent when the schedule has none, and after max_staleness without a good read.',
    byFrequency,
    ({ kept, current }, frequency) => current && kept[frequency]?.count,
  ),
];

function items({ currentPlan }: ClusterRow, frequency: PolicyFrequency) {
  return currentPlan === undefined ? [] : itemsOf(currentPlan.schedule, frequency);
}
