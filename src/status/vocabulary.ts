type StateFacts = {
  readonly title: string;
  readonly means: string;
  /** The shipped alerts whose condition decides it, the one that says most first. Default: none. */
  readonly alerts?: readonly `AtlasBackup${string}`[];
};

/**
 * What can be said of a cluster in one word, the most urgent first. The pages and the dashboards
 * take their words from here, and alerts lead to both.
 */
export const states = {
  never_taken: {
    title: 'Never taken',
    means: 'Backup is on, and the first snapshot is overdue.',
    alerts: ['AtlasBackupNeverTaken'],
  },
  late: {
    title: 'Late',
    means: 'No completed snapshot was there by the due time.',
    alerts: ['AtlasBackupOverdue'],
  },
  expiring: {
    title: 'Running out',
    means: 'The last snapshot is about to be deleted, or is gone already.',
    alerts: ['AtlasBackupRecoverabilityLost', 'AtlasBackupRecoverabilityEnding'],
  },
  unverified: {
    title: 'Unverified',
    means: 'The due time has passed, and Atlas could not be read since.',
    alerts: ['AtlasBackupUnverified'],
  },
  blind: {
    title: 'Blind',
    means: 'Its snapshots cannot be read.',
    alerts: ['AtlasBackupClusterBlind'],
  },
  stuck: {
    title: 'Stuck',
    means: 'A snapshot has been under way for far too long.',
    alerts: ['AtlasBackupStuck'],
  },
  failing: {
    title: 'Failing',
    means: 'The newest snapshot to end failed.',
    alerts: ['AtlasBackupLastAttemptFailed'],
  },
  disabled: {
    title: 'Disabled',
    means: 'Backup is switched off in Atlas.',
    alerts: ['AtlasBackupDisabled'],
  },
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

export function alertsOf(state: State): readonly string[] {
  const facts: StateFacts = states[state];
  return facts.alerts ?? [];
}

/** The alerts that decide a state, those of the most urgent one first. */
export const decidingAlerts: readonly (readonly [alert: string, state: State])[] = (
  Object.keys(states) as readonly State[]
).flatMap((state) => alertsOf(state).map((alert) => [alert, state] as const));
