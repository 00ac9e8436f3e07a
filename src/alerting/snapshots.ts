import { alert, count, type Group, hour, ratio, seconds } from './alert.ts';
import { indented, lines, max, min } from './promql.ts';
import { cluster, dueAt, link, newestAt, ofCluster, shortly } from './words.ts';

const pendingFor = `time() - ${max('snapshot_pending_since_timestamp_seconds')}`;

export const snapshots: Group = {
  name: 'snapshots',
  title: 'Single snapshots',
  recordings: [],
  alerts: [
    alert({
      name: 'AtlasBackupStuck',
      severity: 'warning',
      firesWhen:
        'a snapshot has been queued or in progress for longer than `after`; or for more than `times` as long as the last one took, but no less than `atLeast`.',
      summary: `A snapshot of ${shortly} does not come to its end`,
      description: `${cluster} has a snapshot that was requested {{ $value | humanizeDuration }} ago and has not ended. The last one took ${ofCluster('snapshot_last_duration_seconds', 'humanizeDuration', 'an unknown time')}. The next backup is due by ${dueAt}.${link}`,
      parameters: { after: seconds(6 * hour), times: count(10), atLeast: seconds(2 * hour) },
      for: '5m',
      keepFiringFor: '5m',
      expression: (given) => {
        const usual = `${given('times')} * ${max('snapshot_last_duration_seconds')}`;
        const either = lines(
          `${pendingFor} > ${given('after')}`,
          'or',
          `${pendingFor} > ${usual} > ${given('atLeast')}`,
        );
        // A run that has ended can still be seen for a few minutes, but not as one that is counted.
        return lines(indented(either), `and ${min('snapshots_incomplete')} > 0`);
      },
    }),
    alert({
      name: 'AtlasBackupLastAttemptFailed',
      severity: 'warning',
      firesWhen: 'the newest snapshot to end has failed. The next one that completes clears it.',
      summary: `The last snapshot of ${shortly} failed`,
      description: `${cluster}: the newest snapshot to end failed; it was requested at ${ofCluster('snapshot_last_failed_timestamp_seconds', 'humanizeTimestamp')}. The newest completed one was taken at ${newestAt}, and another is due by ${dueAt}.${link}`,
      parameters: {},
      for: '5m',
      keepFiringFor: '5m',
      expression: () => `${min('snapshot_last_finished_success')} == 0`,
    }),
    alert({
      name: 'AtlasBackupSizeAnomaly',
      severity: 'warning',
      firesWhen:
        'each of the last two snapshots of a cluster is smaller than `small` of the usual size, or larger than `large` times that.',
      summary: `The snapshots of ${shortly} have an unusual size`,
      description: `${cluster}: the newest snapshot has {{ $value | humanizePercentage }} of the usual size, and the one before it ${ofCluster('snapshot_previous_size_ratio', 'humanizePercentage')}. Data may have been lost or left out, or has grown at once. The newest was taken at ${newestAt}.${link}`,
      parameters: { small: ratio(0.5), large: ratio(2) },
      for: '5m',
      keepFiringFor: '5m',
      expression: (given) => {
        const newer = max('snapshot_size_ratio');
        const older = max('snapshot_previous_size_ratio');
        return lines(
          `${newer} < ${given('small')}`,
          `and ${older} < ${given('small')}`,
          'or',
          `${newer} > ${given('large')}`,
          `and ${older} > ${given('large')}`,
        );
      },
    }),
    alert({
      name: 'AtlasBackupFromTheFuture',
      severity: 'warning',
      firesWhen:
        'a completed snapshot claims to have been taken more than `ahead` from now. Such a date would make an old backup look fresh.',
      summary: `A snapshot of ${shortly} is dated in the future`,
      description: `${cluster} has a completed snapshot that claims to have been taken at {{ $value | humanizeTimestamp }}. A clock is wrong: that of Atlas, of the exporter, or of Prometheus.${link}`,
      parameters: { ahead: seconds(hour / 4) },
      for: '5m',
      keepFiringFor: '5m',
      expression: (given) =>
        lines(
          `${max('snapshot_last_completed_timestamp_seconds')} > time() + ${given('ahead')}`,
          'or',
          `${max('snapshot_rejected_future_timestamp_seconds')} > time() + ${given('ahead')}`,
        ),
    }),
  ],
};
