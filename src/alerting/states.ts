/** How urgent a state is; each is a class of the style sheet and a colour of the dashboards. */
export type Tone = 'critical' | 'warning' | 'info' | 'good' | 'quiet';

type StateFacts = {
  readonly title: string;
  readonly means: string;
  readonly tone: Tone;
  /** It says that something is not known, not that a backup is missing. */
  readonly unknown?: true;
};

/**
 * What can be said of a cluster in one word, the most urgent first. Alerts name the states that they
 * decide; pages, JSON and dashboards take key, word, meaning and tone from here.
 */
export const states = {
  never_taken: {
    title: 'Never taken',
    means: 'Backup is on, and the first snapshot is overdue.',
    tone: 'critical',
  },
  late: {
    title: 'Late',
    means: 'No completed snapshot was there by the due time.',
    tone: 'critical',
  },
  expiring: {
    title: 'Expiring',
    means: 'The last snapshot is about to be deleted, or is gone already.',
    tone: 'critical',
  },
  unverified: {
    title: 'Unverified',
    means: 'The due time has passed, and Atlas could not be read since.',
    tone: 'critical',
    unknown: true,
  },
  not_readable: {
    title: 'Not readable',
    means: 'Its snapshots cannot be read.',
    tone: 'warning',
    unknown: true,
  },
  stuck: {
    title: 'Stuck',
    means: 'A snapshot has been in progress for far too long.',
    tone: 'warning',
  },
  failing: { title: 'Failing', means: 'The newest snapshot to end failed.', tone: 'warning' },
  disabled: { title: 'Disabled', means: 'Backup is switched off in Atlas.', tone: 'warning' },
  paused: {
    title: 'Paused',
    means: 'The cluster is paused: no snapshots are taken.',
    tone: 'info',
  },
  no_objective: {
    title: 'No objective',
    means: 'Nothing says how often a snapshot is needed, so none can be late.',
    tone: 'info',
  },
  pending: { title: 'Not read yet', means: 'Waiting for the first read.', tone: 'quiet' },
  awaiting_first: {
    title: 'Awaiting first',
    means: 'The first snapshot is not there, and not due yet.',
    tone: 'info',
  },
  exempt: {
    title: 'Exempt',
    means: 'The configuration says that it needs no backup.',
    tone: 'quiet',
  },
  unsupported: {
    title: 'No backups',
    means: 'A free cluster cannot have backups.',
    tone: 'quiet',
  },
  ok: {
    title: 'OK',
    means: 'A completed snapshot is there within the objective.',
    tone: 'good',
  },
} as const satisfies Record<string, StateFacts>;

export type State = keyof typeof states;

/** The most urgent first. */
export const stateNames = Object.keys(states) as readonly State[];

export function factsOf(state: State): StateFacts {
  return states[state];
}
