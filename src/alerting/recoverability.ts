import { at, say } from '../domain/phrase.ts';
import { clusterAlert, type Group } from './alert.ts';
import { within } from './evaluation.ts';
import { exempted } from './overdue.ts';
import { day, ratio, seconds, window } from './parameters.ts';
import { acrossReplicas, indented, lines, max, sameCluster, sampled, series } from './promql.ts';
import { cluster, link, newestAt, objective, readAt, shortly, untilAt } from './words.ts';

const until = max('recoverable_until_timestamp_seconds');
const newestTime = max('snapshot_last_completed_timestamp_seconds');
const noneCompleted = `${max('snapshots', 'status="completed"', ['status'])} == 0`;

function increased(counter: string, range: string): string {
  return `${acrossReplicas('max', `increase(${series(counter)}[${range}])`)} > 0`;
}

export const recoverabilityEnding = clusterAlert({
  name: 'AtlasBackupRecoverabilityEnding',
  firesWhen:
    'the last snapshot that can be restored is deleted in less than `before`, and less than `share` of the time is left from the newest snapshot to that moment. The share is for policies that keep snapshots for a day only.',
  summary: `The last backup of ${shortly} will be deleted soon`,
  description: () =>
    `${cluster} loses its last snapshot in {{ $value | humanizeDuration }} if no more is taken: the newest was taken at ${newestAt}. This is as of ${readAt}, when its snapshots were last read. After that nothing can be restored.${link}`,
  parameters: { before: seconds(day), share: ratio(0.5) },
  for: '5m',
  severities: {
    critical: {
      expression: ({ before, share }) =>
        lines(
          `0 < ${until} - time()`,
          `< ${before}`,
          `< ${share} * (${until} - ${newestTime})`,
          // Then it is lost already, although its end can still be seen for a few minutes.
          `unless ${noneCompleted}`,
          `unless ${exempted}`,
        ),
      holds: ({ known, exempt }, { now }, { before, share }) => {
        const [until, newest] = [known?.recoverableUntil, known?.newestCompleted];
        if (exempt) return undefined;
        if (until === undefined || newest === undefined || until <= now) return undefined;
        const most = Math.min(before, share * (until - newest.takenAt));
        return until - now < most ? until - most : undefined;
      },
    },
  },
  says: ({ known }) =>
    say`The last snapshot is deleted ${at(known?.recoverableUntil ?? 0)} if no more is taken: nothing can be restored then.`,
  decides: 'expiring',
});

const recoverabilityLost = clusterAlert({
  name: 'AtlasBackupRecoverabilityLost',
  firesWhen:
    'the last snapshot that could be restored has expired, or a cluster that had completed snapshots within `memory` has none now.',
  summary: `Nothing of ${shortly} can be restored any more`,
  description: () =>
    `${cluster} has no snapshot left that can be restored, as of ${readAt}, when its snapshots were last read. The end of the last one was ${untilAt}; objective: ${objective}. Take a snapshot now.${link}`,
  parameters: { memory: window('1d') },
  for: '5m',
  severities: {
    critical: {
      expression: ({ memory }) => {
        const before = sampled('snapshots', memory, '10m', 'status="completed"');
        const lost = lines(
          `${until} < time()`,
          'or',
          noneCompleted,
          `and ${sameCluster} max_over_time(${before}) > 0`,
        );
        return lines(indented(lost), `unless ${exempted}`);
      },
      holds: ({ known, current, history, exempt }, { now }, { memory }) => {
        if (exempt) return undefined;
        const until = known?.recoverableUntil;
        if (until !== undefined) return until < now ? until : undefined;
        const { emptiedAt } = history;
        if (current?.counts.completed !== 0) return undefined;
        return within(emptiedAt, memory, now);
      },
    },
  },
  says: ({ known, history }) =>
    known?.recoverableUntil === undefined
      ? say`No completed snapshot has been left since ${at(history.emptiedAt ?? 0)}: nothing can be restored.`
      : say`The last snapshot was to be deleted ${at(known.recoverableUntil)}: nothing can be restored.`,
  decides: 'expiring',
});

const vanishedEarly = clusterAlert({
  name: 'AtlasBackupVanishedEarly',
  firesWhen: 'a completed snapshot left the list before its expiry, within `window`.',
  summary: `Snapshots of ${shortly} were deleted before their time`,
  description: () =>
    `${cluster} lost {{ $value | printf "%.0f" }} completed snapshot(s) before their expiry, within the last hours. Somebody or something deletes backups. The newest one left was taken at ${newestAt}; restoring is possible until ${untilAt}.${link}`,
  parameters: { window: window('1h') },
  for: '0s',
  severities: {
    critical: {
      expression: ({ window }) => increased('snapshots_vanished_total', window),
      holds: ({ history: { vanishedAt } }, { now }, { window }) => within(vanishedAt, window, now),
    },
  },
  says: ({ history }) =>
    say`Completed snapshots left the list before their expiry, seen last ${at(history.vanishedAt ?? 0)}. Since the exporter started: ${history.vanished}.`,
});

const retentionCut = clusterAlert({
  name: 'AtlasBackupRetentionCut',
  firesWhen: 'a completed snapshot got an earlier expiry than it had, within `window`.',
  summary: `Snapshots of ${shortly} will be deleted earlier than planned`,
  description: () =>
    `${cluster} has {{ $value | printf "%.0f" }} snapshot(s) whose expiry was moved to an earlier time. Restoring is now possible until ${untilAt}. If nobody meant this, look into who changed the retention.${link}`,
  parameters: { window: window('1h') },
  for: '0s',
  severities: {
    warning: {
      expression: ({ window }) => increased('snapshot_retention_reductions_total', window),
      holds: ({ history: { retentionReducedAt } }, { now }, { window }) =>
        within(retentionReducedAt, window, now),
    },
  },
  says: ({ history }) =>
    say`Completed snapshots were given an earlier expiry, seen last ${at(history.retentionReducedAt ?? 0)}. Since the exporter started: ${history.retentionReductions}.`,
});

export const recoverability: Group = {
  name: 'recoverability',
  title: 'What can be restored',
  recordings: [],
  alerts: [recoverabilityLost, recoverabilityEnding, vanishedEarly, retentionCut],
};
