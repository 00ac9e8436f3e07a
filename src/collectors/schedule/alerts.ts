import { clusterAlert, type Group } from '../../alerting/alert.ts';
import { type EvaluationContext, within } from '../../alerting/evaluation.ts';
import { lastRead, overdueElsewhere, overdueSince } from '../../alerting/overdue.ts';
import { hour, seconds, window } from '../../alerting/parameters.ts';
import {
  acrossReplicas,
  indented,
  last,
  lines,
  max,
  sameCluster,
  sampled,
  series,
} from '../../alerting/promql.ts';
import {
  cluster,
  dueAt,
  link,
  newestAt,
  objective,
  ofCluster,
  readAt,
  shortly,
} from '../../alerting/words.ts';
import type { ClusterRow } from '../../domain/cluster-view.ts';
import { observedIn } from '../../domain/collected.ts';
import { lastReadAt } from '../../domain/observed.ts';
import { at, say } from '../../domain/phrase.ts';
import { planKey } from '../../domain/plan.ts';
import { policyFrequencies } from '../../domain/snapshot.ts';
import type { UnixSeconds } from '../../domain/time.ts';
import { duration } from '../../domain/units.ts';

/** What is known of the schedule is old then, and AtlasBackupCollectorFailing says so. */
const scheduleUnread = `${max('collector_refresh_success', 'collector="schedule"', ['collector'])} == 0`;

const gap = ofCluster('schedule_expected_interval_seconds', 'humanizeDuration', 'unknown length');

const scheduled = 'frequency!="on_demand"';

const nextRunInPast = clusterAlert({
  name: 'AtlasBackupNextRunInPast',
  firesWhen:
    'the next run that Atlas announces was more than `after` before the last read of the cluster: its scheduler stands still. Inhibited while the cluster is paused, and while its schedule cannot be read.',
  summary: `The backup schedule of ${shortly} stands still`,
  description: () =>
    `${cluster} still announces its next snapshot for {{ $value | humanizeTimestamp }}, which was past when Atlas was read at ${readAt}. The newest completed one was taken at ${newestAt}, and another is due by ${dueAt}.${link}`,
  parameters: { after: seconds(2 * hour) },
  for: '5m',
  severities: {
    warning: {
      expression: ({ after }) =>
        lines(
          max('schedule_next_snapshot_timestamp_seconds'),
          `< ${lastRead} - ${after}`,
          `unless ${max('cluster_paused')} == 1`,
          `unless ${scheduleUnread}`,
        ),
      holds: ({ knownPlan, announcementOutdated, backups, cluster, state }, _, { after }) => {
        const next = knownPlan?.schedule.nextSnapshotAt;
        const readAt = lastReadAt(backups);
        if (next === undefined || readAt === undefined || announcementOutdated) return undefined;
        // Of a cluster that is read no more, nobody knows whether it is paused.
        if (cluster.paused === true && state !== 'expired') return undefined;
        const passed = next + after;
        return passed < readAt ? passed : undefined;
      },
    },
  },
  says: ({ knownPlan }) =>
    say`The schedule still announces its next snapshot for ${at(knownPlan?.schedule.nextSnapshotAt ?? 0)}, which has passed.`,
});

const scheduleSilent = clusterAlert({
  name: 'AtlasBackupScheduleSilent',
  firesWhen:
    'by the last read, the newest snapshot of the schedule is older than the longest gap of the schedule and `after`, while a newer snapshot on demand keeps the cluster from being overdue. Inhibited for `quiet` after a pause or after backup was off, and while its schedule cannot be read. A snapshot of the schedule that is gone is remembered for `memory`.',
  summary: `The backup schedule of ${shortly} takes no snapshots`,
  description: () =>
    `${cluster} has had no snapshot of its schedule since {{ $value | humanizeTimestamp }}, although one is taken at least every ${gap}. Snapshots on demand hide this: the newest was taken at ${newestAt}.${link}`,
  parameters: { after: seconds(2 * hour), quiet: window('1d'), memory: window('7d') },
  for: '15m',
  severities: {
    warning: {
      expression: ({ after, quiet, memory }) => {
        const name = 'policy_last_completed_timestamp_seconds';
        const remembered = `max_over_time(${sampled(name, memory, '1h', scheduled)})`;
        const ofSchedule = acrossReplicas('max', `${last(name, scheduled)} or ${remembered}`, [
          'frequency',
        ]);
        const paused = sampled('cluster_paused', quiet, '10m');
        const enabled = sampled('enabled', quiet, '10m');
        return lines(
          ofSchedule,
          `< ${max('snapshot_last_completed_timestamp_seconds')}`,
          `< ${lastRead} - ${max('schedule_expected_interval_seconds')} - ${after}`,
          `unless ${indented(overdueElsewhere)}`,
          `unless ${sameCluster} max_over_time(${paused}) == 1`,
          `unless ${sameCluster} min_over_time(${enabled}) == 0`,
          `unless ${scheduleUnread}`,
        );
      },
      holds: silentSince,
    },
  },
  says: (row) =>
    say`The schedule has taken nothing since ${at(newestOfSchedule(row) ?? 0)}, although it should at least every ${duration(row.currentPlan?.expectedIntervalSeconds ?? 0)}. Snapshots on demand hide this.`,
});

const policyChanged = clusterAlert({
  name: 'AtlasBackupPolicyChanged',
  firesWhen: 'the backup policy of a cluster changed within `window`.',
  summary: `The backup policy of ${shortly} was changed`,
  description: () =>
    `${cluster} has another backup policy than before. Its longest gap between snapshots is now ${gap}, its objective ${objective}. Was this meant?${link}`,
  parameters: { window: window('1h') },
  for: '0s',
  severities: {
    info: {
      expression: ({ window }) =>
        `${acrossReplicas('max', `changes(${series('schedule_hash')}[${window}])`)} > 0`,
      holds: ({ changes: { policyChangedAt } }, { now }, { window }) =>
        within(policyChangedAt, window, now),
    },
  },
  says: ({ changes }) =>
    say`The backup policy was changed, seen ${at(changes.policyChangedAt ?? 0)}.`,
});

export const scheduleAlerts: Group = {
  name: 'schedule',
  title: 'Schedules',
  recordings: [],
  alerts: [nextRunInPast, scheduleSilent, policyChanged],
};

function silentSince(
  row: ClusterRow,
  { now }: EvaluationContext,
  { after, quiet }: Readonly<Record<'after' | 'quiet', number>>,
): UnixSeconds | undefined {
  const { known, currentPlan, backups, changes, cluster, collected } = row;
  const [newest, readAt] = [known?.newestCompleted?.takenAt, lastReadAt(backups)];
  const [ofSchedule, gap] = [newestOfSchedule(row), currentPlan?.expectedIntervalSeconds];
  if (newest === undefined || readAt === undefined) return undefined;
  if (ofSchedule === undefined || gap === undefined || ofSchedule >= newest) return undefined;
  if (observedIn(collected, planKey).kind !== 'fresh' || cluster.paused === true) return undefined;
  if (overdueSince(row) !== undefined) return undefined;
  const resumedAt = Math.max(changes.resumed?.at ?? 0, changes.backupOnAt ?? 0);
  if (now - resumedAt < quiet) return undefined;
  const from = ofSchedule + gap + after;
  return from < readAt ? from : undefined;
}

/** When the newest snapshot was taken that a policy item asked for. */
function newestOfSchedule({ kept }: ClusterRow): UnixSeconds | undefined {
  let newest: UnixSeconds | undefined;
  for (const frequency of onSchedule) {
    const at = kept[frequency]?.newestAt;
    if (at !== undefined && (newest === undefined || at > newest)) newest = at;
  }
  return newest;
}

const onSchedule = policyFrequencies.filter((frequency) => frequency !== 'on_demand');
