import { alert, day, type Group, ratio, seconds, window } from './alert.ts';
import { exempted } from './deadlines.ts';
import { acrossReplicas, indented, lines, max, sameCluster, sampled, series } from './promql.ts';
import { cluster, link, newestAt, objective, readAt, shortly, untilAt } from './words.ts';

const until = max('recoverable_until_timestamp_seconds');
const newestTime = max('snapshot_last_completed_timestamp_seconds');
const noneCompleted = `${max('snapshots', 'status="completed"', ['status'])} == 0`;

function increased(counter: string, range: string): string {
  return `${acrossReplicas('max', `increase(${series(counter)}[${range}])`)} > 0`;
}

export const recoverability: Group = {
  name: 'recoverability',
  title: 'What can be restored',
  recordings: [],
  alerts: [
    alert({
      name: 'AtlasBackupRecoverabilityEnding',
      severity: 'critical',
      firesWhen:
        'the last snapshot that can be restored is deleted in less than `before`, and less than `share` of the time is left from the newest snapshot to that moment. The share is for policies that keep snapshots for a day only.',
      summary: `The last backup of ${shortly} will be deleted soon`,
      description: `${cluster} loses its last snapshot in {{ $value | humanizeDuration }} if no more is taken: the newest was taken at ${newestAt}. This is as of ${readAt}, when its snapshots were last read. After that nothing can be restored.${link}`,
      parameters: { before: seconds(day), share: ratio(0.5) },
      for: '5m',
      keepFiringFor: '5m',
      expression: (given) =>
        lines(
          `0 < ${until} - time()`,
          `< ${given('before')}`,
          `< ${given('share')} * (${until} - ${newestTime})`,
          // Then it is lost already, although its end can still be seen for a few minutes.
          `unless ${noneCompleted}`,
          `unless ${exempted}`,
        ),
    }),
    alert({
      name: 'AtlasBackupRecoverabilityLost',
      severity: 'critical',
      firesWhen:
        'the last snapshot that could be restored has expired, or a cluster that had completed snapshots within `memory` has none now.',
      summary: `Nothing of ${shortly} can be restored any more`,
      description: `${cluster} has no snapshot left that can be restored, as of ${readAt}, when its snapshots were last read. The end of the last one was ${untilAt}; objective: ${objective}. Take a snapshot now.${link}`,
      parameters: { memory: window('1d') },
      for: '5m',
      keepFiringFor: '5m',
      expression: (given) => {
        const before = sampled('snapshots', given('memory'), '10m', 'status="completed"');
        const lost = lines(
          `${until} < time()`,
          'or',
          noneCompleted,
          `and ${sameCluster} max_over_time(${before}) > 0`,
        );
        return lines(indented(lost), `unless ${exempted}`);
      },
    }),
    alert({
      name: 'AtlasBackupVanishedEarly',
      severity: 'critical',
      firesWhen: 'a completed snapshot left the list before its expiry, within `window`.',
      summary: `Snapshots of ${shortly} were deleted before their time`,
      description: `${cluster} lost {{ $value | printf "%.0f" }} completed snapshot(s) before their expiry, within the last hours. Somebody or something deletes backups. The newest one left was taken at ${newestAt}; restoring is possible until ${untilAt}.${link}`,
      parameters: { window: window('1h') },
      for: '0s',
      keepFiringFor: '5m',
      expression: (given) => increased('snapshots_vanished_total', given('window')),
    }),
    alert({
      name: 'AtlasBackupRetentionCut',
      severity: 'warning',
      firesWhen: 'a completed snapshot got an earlier expiry than it had, within `window`.',
      summary: `Snapshots of ${shortly} will be deleted earlier than planned`,
      description: `${cluster} has {{ $value | printf "%.0f" }} snapshot(s) whose expiry was moved to an earlier time. Restoring is now possible until ${untilAt}. If nobody meant this, look into who changed the retention.${link}`,
      parameters: { window: window('1h') },
      for: '0s',
      keepFiringFor: '5m',
      expression: (given) => increased('snapshot_retention_reductions_total', given('window')),
    }),
  ],
};
