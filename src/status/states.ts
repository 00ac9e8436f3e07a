import type { Severity } from '../alerting/alert.ts';
import { canHaveBackups } from '../domain/cluster.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { ClusterRow } from '../metrics/subjects.ts';
import { deadlineMirrors, unreadSince } from './deadline-mirrors.ts';
import type { Mirror, Watch } from './mirror.ts';
import { type Phrase, say } from './phrase.ts';
import { scheduleMirrors } from './schedule-mirrors.ts';
import { snapshotMirrors } from './snapshot-mirrors.ts';

/** Every shipped alert about one cluster, the one that says most about it first. */
export const mirrors: readonly Mirror[] = [
  ...deadlineMirrors,
  ...snapshotMirrors,
  ...scheduleMirrors,
];

type StateFacts = { readonly title: string; readonly means: string };

/** What can be said of a cluster in one word, the most urgent first. */
export const states = {
  never_taken: {
    title: 'Never taken',
    means: 'Backup is on, and the first snapshot is overdue.',
  },
  late: { title: 'Late', means: 'No completed snapshot was there by the due time.' },
  expiring: {
    title: 'Running out',
    means: 'The last snapshot is about to be deleted, or is gone already.',
  },
  unverified: {
    title: 'Unverified',
    means: 'The due time has passed, and Atlas could not be read since.',
  },
  blind: { title: 'Blind', means: 'Its snapshots cannot be read.' },
  stuck: { title: 'Stuck', means: 'A snapshot has been under way for far too long.' },
  failing: { title: 'Failing', means: 'The newest snapshot to end failed.' },
  disabled: { title: 'Disabled', means: 'Backup is switched off in Atlas.' },
  paused: { title: 'Paused', means: 'The cluster is paused: no snapshots are taken.' },
  no_objective: {
    title: 'No objective',
    means: 'Nothing says how often a snapshot is needed, so none can be late.',
  },
  pending: { title: 'Not read yet', means: 'Waiting for the first read.' },
  first_due: { title: 'First to come', means: 'The first snapshot is not there, and not due yet.' },
  exempt: { title: 'Exempt', means: 'The configuration says that it needs no backup.' },
  unsupported: { title: 'No backups', means: 'A free cluster cannot have backups.' },
  met: { title: 'Met', means: 'A completed snapshot is there within the objective.' },
} as const satisfies Record<string, StateFacts>;

export type State = keyof typeof states;

/** A shipped alert whose expression holds now. */
export type Condition = {
  readonly mirror: Mirror;
  /** Since when by what was read. Undefined: nothing tells. */
  readonly since: UnixSeconds | undefined;
};

/** What there is to say of one cluster now. */
export type Judgement = {
  readonly state: State;
  readonly conditions: readonly Condition[];
  /** The worst of the conditions. Undefined: there is none. */
  readonly severity: Severity | undefined;
};

/** The state of a cluster that an alert decides. */
const stateOfAlert: readonly (readonly [alert: string, state: State])[] = [
  ['AtlasBackupNeverTaken', 'never_taken'],
  ['AtlasBackupOverdue', 'late'],
  ['AtlasBackupRecoverabilityLost', 'expiring'],
  ['AtlasBackupRecoverabilityEnding', 'expiring'],
  ['AtlasBackupUnverified', 'unverified'],
  ['AtlasBackupClusterBlind', 'blind'],
  ['AtlasBackupStuck', 'stuck'],
  ['AtlasBackupLastAttemptFailed', 'failing'],
  ['AtlasBackupDisabled', 'disabled'],
];

const severities: readonly Severity[] = ['critical', 'warning', 'info'];

export function judge(row: ClusterRow, watch: Watch): Judgement {
  const conditions = conditionsOf(row, watch);
  return {
    state: row.backups.kind === 'pending' ? 'pending' : stateOf(row, conditions, watch),
    conditions,
    severity: severities.find((one) =>
      conditions.some(({ mirror }) => mirror.alert.severity === one),
    ),
  };
}

/** A plain loop: a page of ten thousand clusters asks every one of them every question. */
function conditionsOf(row: ClusterRow, watch: Watch): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const mirror of mirrors) {
    const since = mirror.since(row, watch);
    if (since === undefined) continue;
    conditions.push({ mirror, since: since === 'unknown' ? undefined : since });
  }
  return conditions;
}

function stateOf(row: ClusterRow, conditions: readonly Condition[], watch: Watch): State {
  if (conditions.length === 0) return quietState(row, watch);
  const deciding = stateOfAlert.find(([alert]) =>
    conditions.some(({ mirror }) => mirror.alert.name === alert),
  );
  return deciding?.[1] ?? quietState(row, watch);
}

/** The state of a cluster that no alert decides. */
function quietState(row: ClusterRow, watch: Watch): State {
  const { cluster, exempt, due } = row;
  // Also while its alert is quiet, because the whole exporter sees nothing: what is old proves nothing.
  if (unreadSince(row, watch) !== undefined) return 'blind';
  if (!canHaveBackups(cluster)) return 'unsupported';
  if (exempt) return 'exempt';
  if (!cluster.backupEnabled) return 'disabled';
  if (cluster.paused === true) return 'paused';
  if (due === undefined) return 'no_objective';
  return row.known?.newestCompleted ? 'met' : 'first_due';
}

/** Why a cluster is in its state, as one or two sentences. */
export function reasonOf(row: ClusterRow, { state, conditions }: Judgement, watch: Watch): Phrase {
  const decides = ({ alert }: Mirror) =>
    stateOfAlert.some(([name, of]) => of === state && name === alert.name);
  const holding = conditions.map(({ mirror }) => mirror);
  const unread = state === 'blind' ? mirrors.find(decides) : undefined;
  const shown = holding.find(decides) ?? unread ?? holding[0];
  return shown === undefined ? say`${states[state].means}` : shown.says(row, watch);
}
