import type { ClusterRow } from '../domain/cluster-view.ts';
import { lastDurationSeconds } from '../domain/history.ts';
import { at, say } from '../domain/phrase.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { clusterAlert, type Group } from './alert.ts';
import { count, hour, ratio, seconds } from './parameters.ts';
import { indented, lines, max, min } from './promql.ts';
import { cluster, dueAt, link, newestAt, ofCluster, shortly } from './words.ts';

const pendingFor = `time() - ${max('snapshot_pending_since_timestamp_seconds')}`;

const stuck = clusterAlert({
  name: 'AtlasBackupStuck',
  firesWhen:
    'a snapshot has been queued or in progress for longer than `after`; or for more than `times` as long as the last one took, but no less than `atLeast`.',
  summary: `A snapshot of ${shortly} does not come to its end`,
  description: () =>
    `${cluster} has a snapshot that was requested {{ $value | humanizeDuration }} ago and has not ended. The last one took ${ofCluster('snapshot_last_duration_seconds', 'humanizeDuration', 'an unknown time')}. The next backup is due by ${dueAt}.${link}`,
  parameters: { after: seconds(6 * hour), times: count(10), atLeast: seconds(2 * hour) },
  for: '5m',
  severities: {
    warning: {
      expression: ({ after, times, atLeast }) => {
        const usual = `${times} * ${max('snapshot_last_duration_seconds')}`;
        const either = lines(
          `${pendingFor} > ${after}`,
          'or',
          `${pendingFor} > ${usual} > ${atLeast}`,
        );
        // A run that has ended can still be seen for a few minutes, but not as one that is counted.
        return lines(indented(either), `and ${min('snapshots_incomplete')} > 0`);
      },
      holds: (row, { now }, limits) => {
        const from = row.current?.pendingSince;
        if (from === undefined) return undefined;
        const allowed = allowedSeconds(row, limits);
        return now - from > allowed ? from + allowed : undefined;
      },
    },
  },
  says: ({ current }, { now }) =>
    say`A snapshot was requested ${at(current?.pendingSince ?? now)} and has not ended.`,
  decides: 'stuck',
});

const lastAttemptFailed = clusterAlert({
  name: 'AtlasBackupLastAttemptFailed',
  firesWhen: 'the newest snapshot to end has failed. The next one that completes clears it.',
  summary: `The last snapshot of ${shortly} failed`,
  description: () =>
    `${cluster}: the newest snapshot to end failed; it was requested at ${ofCluster('snapshot_last_failed_timestamp_seconds', 'humanizeTimestamp')}. The newest completed one was taken at ${newestAt}, and another is due by ${dueAt}.${link}`,
  parameters: {},
  for: '5m',
  severities: {
    warning: {
      expression: () => `${min('snapshot_last_finished_success')} == 0`,
      holds: ({ current }) =>
        current?.lastFinishedSucceeded === false ? (current.lastFailedAt ?? 'unknown') : undefined,
    },
  },
  says: ({ current }) =>
    say`The newest snapshot to end failed; it was requested ${at(current?.lastFailedAt ?? 0)}.`,
  decides: 'failing',
});

export const sizeAnomaly = clusterAlert({
  name: 'AtlasBackupSizeAnomaly',
  firesWhen:
    'each of the last two snapshots of a cluster is smaller than `small` of the usual size, or larger than `large` times that.',
  summary: `The snapshots of ${shortly} have an unusual size`,
  description: () =>
    `${cluster}: the newest snapshot has {{ $value | humanizePercentage }} of the usual size, and the one before it ${ofCluster('snapshot_previous_size_ratio', 'humanizePercentage')}. Data may have been lost or left out, or has grown at once. The newest was taken at ${newestAt}.${link}`,
  parameters: { small: ratio(0.5), large: ratio(2) },
  for: '5m',
  severities: {
    warning: {
      expression: ({ small, large }) => {
        const newer = max('snapshot_size_ratio');
        const older = max('snapshot_previous_size_ratio');
        return lines(
          `${newer} < ${small}`,
          `and ${older} < ${small}`,
          'or',
          `${newer} > ${large}`,
          `and ${older} > ${large}`,
        );
      },
      holds: ({ current }, _, { small, large }) => {
        const { sizeRatio: last, previousSizeRatio: before } = current ?? {};
        if (last === undefined || before === undefined) return undefined;
        const unusual = Math.max(last, before) < small || Math.min(last, before) > large;
        return unusual ? 'unknown' : undefined;
      },
    },
  },
  says: ({ current }) =>
    say`The newest snapshot has ${percent(current?.sizeRatio)} of the usual size, the one before it ${percent(current?.previousSizeRatio)}.`,
});

const fromTheFuture = clusterAlert({
  name: 'AtlasBackupFromTheFuture',
  firesWhen:
    'a completed snapshot claims to have been taken more than `ahead` from now. Such a date would make an old backup look fresh.',
  summary: `A snapshot of ${shortly} is dated in the future`,
  description: () =>
    `${cluster} has a completed snapshot that claims to have been taken at {{ $value | humanizeTimestamp }}. A clock is wrong: that of Atlas, of the exporter, or of Prometheus.${link}`,
  parameters: { ahead: seconds(hour / 4) },
  for: '5m',
  severities: {
    warning: {
      expression: ({ ahead }) =>
        lines(
          `${max('snapshot_last_completed_timestamp_seconds')} > time() + ${ahead}`,
          'or',
          `${max('snapshot_rejected_future_timestamp_seconds')} > time() + ${ahead}`,
        ),
      holds: (row, { now }, { ahead }) => {
        const claimed = claimedAt(row);
        return claimed !== undefined && claimed > now + ahead ? 'unknown' : undefined;
      },
    },
  },
  says: (row) =>
    say`A completed snapshot claims to have been taken ${at(claimedAt(row) ?? 0)}. A clock is wrong: that of Atlas or of the exporter.`,
});

export const snapshots: Group = {
  name: 'snapshots',
  title: 'Single snapshots',
  recordings: [],
  alerts: [stuck, lastAttemptFailed, sizeAnomaly, fromTheFuture],
};

/** How long a run may be in progress: less when the last one was short. In seconds. */
function allowedSeconds(
  { current, history }: ClusterRow,
  { after, times, atLeast }: Readonly<Record<'after' | 'times' | 'atLeast', number>>,
): number {
  const usual = current && lastDurationSeconds(current, history);
  return usual === undefined ? after : Math.min(after, Math.max(times * usual, atLeast));
}

function claimedAt({ known }: ClusterRow): UnixSeconds | undefined {
  const taken = known?.newestCompleted?.takenAt;
  const rejected = known?.listing.rejectedFutureAt;
  return (rejected ?? 0) > (taken ?? 0) ? rejected : taken;
}

function percent(ratio: number | undefined): string {
  return ratio === undefined ? 'an unknown share' : `${Math.round(ratio * 100)} %`;
}
