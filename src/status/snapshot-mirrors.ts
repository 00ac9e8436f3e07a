import type { ClusterRow } from '../domain/cluster-view.ts';
import { lastDurationSeconds } from '../domain/history.ts';
import { at, say } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { type Mirror, mirror } from './mirror.ts';
import { shippedAlert, threshold } from './thresholds.ts';

const ending = shippedAlert('AtlasBackupRecoverabilityEnding');
const lost = shippedAlert('AtlasBackupRecoverabilityLost');
const vanished = shippedAlert('AtlasBackupVanishedEarly');
const cut = shippedAlert('AtlasBackupRetentionCut');
const stuck = shippedAlert('AtlasBackupStuck');
const anomaly = shippedAlert('AtlasBackupSizeAnomaly');
const future = shippedAlert('AtlasBackupFromTheFuture');

/** The alerts about what can be restored, and about single snapshots. */
export const snapshotMirrors: readonly Mirror[] = [
  mirror('AtlasBackupRecoverabilityLost', {
    since: ({ known, current, history, exempt }, { now }) => {
      if (exempt) return undefined;
      const until = known?.recoverableUntil;
      if (until !== undefined) return until < now ? until : undefined;
      const { emptiedAt } = history;
      if (current?.counts.completed !== 0 || emptiedAt === undefined) return undefined;
      return now - emptiedAt <= threshold(lost, 'memory') ? emptiedAt : undefined;
    },
    says: ({ known, history }) =>
      known?.recoverableUntil === undefined
        ? say`No completed snapshot has been left since ${at(history.emptiedAt ?? 0)}: nothing can be restored.`
        : say`The last snapshot was to be deleted ${at(known.recoverableUntil)}: nothing can be restored.`,
  }),
  mirror('AtlasBackupRecoverabilityEnding', {
    since: ({ known, current, exempt }, { now }) => {
      const [until, newest] = [known?.recoverableUntil, known?.newestCompleted];
      if (exempt || current?.counts.completed === 0) return undefined;
      if (until === undefined || newest === undefined || until <= now) return undefined;
      const most = Math.min(
        threshold(ending, 'before'),
        threshold(ending, 'share') * (until - newest.takenAt),
      );
      return until - now < most ? until - most : undefined;
    },
    says: ({ known }) =>
      say`The last snapshot is deleted ${at(known?.recoverableUntil ?? 0)} if no more is taken: nothing can be restored then.`,
  }),
  mirror('AtlasBackupVanishedEarly', {
    since: ({ history: { vanishedAt } }, { now }) =>
      within(vanishedAt, threshold(vanished, 'window'), now),
    says: ({ history }) =>
      say`Completed snapshots left the list before their expiry, seen last ${at(history.vanishedAt ?? 0)}. Since the exporter started: ${history.vanished}.`,
  }),
  mirror('AtlasBackupRetentionCut', {
    since: ({ history: { retentionReducedAt } }, { now }) =>
      within(retentionReducedAt, threshold(cut, 'window'), now),
    says: ({ history }) =>
      say`Completed snapshots were given an earlier expiry, seen last ${at(history.retentionReducedAt ?? 0)}. Since the exporter started: ${history.retentionReductions}.`,
  }),
  mirror('AtlasBackupStuck', {
    since: (row, { now }) => {
      const from = row.current?.pendingSince;
      if (from === undefined) return undefined;
      const patience = pendingPatience(row);
      return now - from > patience ? from + patience : undefined;
    },
    says: ({ current }, { now }) =>
      say`A snapshot was requested ${at(current?.pendingSince ?? now)} and has not ended.`,
  }),
  mirror('AtlasBackupLastAttemptFailed', {
    since: ({ current }) =>
      current?.lastFinishedSucceeded === false ? (current.lastFailedAt ?? 'unknown') : undefined,
    says: ({ current }) =>
      say`The newest snapshot to end failed; it was requested ${at(current?.lastFailedAt ?? 0)}.`,
  }),
  mirror('AtlasBackupSizeAnomaly', {
    since: ({ current }) => {
      const { sizeRatio: last, previousSizeRatio: before } = current ?? {};
      if (last === undefined || before === undefined) return undefined;
      const unusual =
        Math.max(last, before) < threshold(anomaly, 'small') ||
        Math.min(last, before) > threshold(anomaly, 'large');
      return unusual ? 'unknown' : undefined;
    },
    says: ({ current }) =>
      say`The newest snapshot has ${percent(current?.sizeRatio)} of the usual size, the one before it ${percent(current?.previousSizeRatio)}.`,
  }),
  mirror('AtlasBackupFromTheFuture', {
    since: (row, { now }) => {
      const claimed = claimedAt(row);
      return claimed !== undefined && claimed > now + threshold(future, 'ahead')
        ? 'unknown'
        : undefined;
    },
    says: (row) =>
      say`A completed snapshot claims to have been taken ${at(claimedAt(row) ?? 0)}. A clock is wrong: that of Atlas or of the exporter.`,
  }),
];

/** How long a run may be under way: less when the last one was short. In seconds. */
function pendingPatience({ current, history }: ClusterRow): number {
  const usual = current && lastDurationSeconds(current, history);
  const always = threshold(stuck, 'after');
  if (usual === undefined) return always;
  return Math.min(always, Math.max(threshold(stuck, 'times') * usual, threshold(stuck, 'atLeast')));
}

function claimedAt({ known }: ClusterRow): UnixSeconds | undefined {
  const taken = known?.newestCompleted?.takenAt;
  const rejected = known?.rejectedFutureAt;
  return (rejected ?? 0) > (taken ?? 0) ? rejected : taken;
}

function within(seen: UnixSeconds | undefined, windowSeconds: number, now: UnixSeconds) {
  return seen !== undefined && now - seen <= windowSeconds ? seen : undefined;
}

function percent(ratio: number | undefined): string {
  return ratio === undefined ? 'an unknown share' : `${Math.round(ratio * 100)} %`;
}
