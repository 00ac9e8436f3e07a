import type { ClusterRow } from '../domain/cluster-view.ts';
import { lastReadAt } from '../domain/observed.ts';
import { at, say } from '../domain/phrase.ts';
import { policyFrequencies } from '../domain/snapshot.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { duration } from '../domain/units.ts';
import { overdueSince } from './deadline-mirrors.ts';
import { type EvaluationContext, type Mirror, mirror } from './mirror.ts';
import { shippedAlert, threshold } from './thresholds.ts';

const nextInPast = shippedAlert('AtlasBackupNextRunInPast');
const silent = shippedAlert('AtlasBackupScheduleSilent');
const changed = shippedAlert('AtlasBackupPolicyChanged');

/** The alerts about schedules. */
export const scheduleMirrors: readonly Mirror[] = [
  mirror('AtlasBackupNextRunInPast', {
    since: ({ knownPlan, announcementOutdated, backups, cluster, state }, { schedulesRead }) => {
      const next = knownPlan?.schedule.nextSnapshotAt;
      const readAt = lastReadAt(backups);
      if (next === undefined || readAt === undefined || announcementOutdated) return undefined;
      // Of a cluster that is read no more, nobody knows whether it is paused.
      const paused = cluster.paused === true && state !== 'expired';
      if (!schedulesRead || paused) return undefined;
      const passed = next + threshold(nextInPast, 'after');
      return passed < readAt ? passed : undefined;
    },
    says: ({ knownPlan }) =>
      say`The schedule still announces its next snapshot for ${at(knownPlan?.schedule.nextSnapshotAt ?? 0)}, which has passed.`,
  }),
  mirror('AtlasBackupScheduleSilent', {
    since: silentSince,
    says: (row) =>
      say`The schedule has taken nothing since ${at(newestOfSchedule(row) ?? 0)}, although it should at least every ${duration(row.currentPlan?.expectedIntervalSeconds ?? 0)}. Snapshots on demand hide this.`,
  }),
  mirror('AtlasBackupPolicyChanged', {
    since: ({ changes: { policyChangedAt } }, { now }) =>
      policyChangedAt !== undefined && now - policyChangedAt <= threshold(changed, 'window')
        ? policyChangedAt
        : undefined,
    says: ({ changes }) =>
      say`The backup policy was changed, seen ${at(changes.policyChangedAt ?? 0)}.`,
  }),
];

function silentSince(
  row: ClusterRow,
  { now, schedulesRead }: EvaluationContext,
): UnixSeconds | undefined {
  const { known, currentPlan, backups, changes, cluster } = row;
  const [newest, readAt] = [known?.newestCompleted?.takenAt, lastReadAt(backups)];
  const [ofSchedule, gap] = [newestOfSchedule(row), currentPlan?.expectedIntervalSeconds];
  if (newest === undefined || readAt === undefined) return undefined;
  if (ofSchedule === undefined || gap === undefined || ofSchedule >= newest) return undefined;
  if (!schedulesRead || cluster.paused === true || !cluster.backupEnabled) return undefined;
  if (overdueSince(row) !== undefined) return undefined;
  const resumedAt = Math.max(changes.resumed?.at ?? 0, changes.backupOnAt ?? 0);
  if (now - resumedAt <= threshold(silent, 'quiet')) return undefined;
  const from = ofSchedule + gap + threshold(silent, 'after');
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
