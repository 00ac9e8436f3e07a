/** What there is to know of a collector without running it. */
export type CollectorFacts = {
  /** What it reads, as a title. */
  readonly about: string;
  /** Why one may want it, for the reference of the configuration. */
  readonly purpose: string;
  readonly default: boolean;
  /** What it reads of: an account, a project or a cluster. */
  readonly scope: 'account' | 'project' | 'cluster';
  /**
   * Between two readings of one subject that work, more or less: they are spread. `poll`: it decides
   * with every poll, and cannot be switched off.
   */
  readonly everySeconds: number | 'poll';
  /** A poll counts as complete when all of these are. */
  readonly core: boolean;
  /** The role in Atlas without which it cannot read. */
  readonly role: string;
};

const hour = 3600;

/** Every collector. Configuration, labels, references and `check --online` follow from this table. */
export const collectorFacts = {
  clusters: {
    about: 'Clusters of the project',
    purpose: 'Projects and clusters.',
    default: true,
    scope: 'project',
    everySeconds: 'poll',
    core: true,
    role: 'Project Read Only',
  },
  snapshots: {
    about: 'Snapshots',
    purpose: 'Snapshots.',
    default: true,
    scope: 'cluster',
    everySeconds: 'poll',
    core: true,
    role: 'Project Read Only',
  },
  schedule: {
    about: 'Backup schedule',
    purpose:
      'Backup schedules, objectives and due times; without it no alert reports a late backup.',
    default: true,
    scope: 'cluster',
    everySeconds: 2 * hour,
    core: true,
    role: 'Project Read Only',
  },
} as const satisfies Record<string, CollectorFacts>;

export type CollectorName = keyof typeof collectorFacts;

/** Those that the configuration can switch off, and that have a cadence of their own. */
export type SwitchableCollector = {
  [Name in CollectorName]: (typeof collectorFacts)[Name]['everySeconds'] extends number
    ? Name
    : never;
}[CollectorName];

export const collectorNames = Object.keys(collectorFacts) as readonly CollectorName[];

export const switchableCollectors = collectorNames.filter(
  (name): name is SwitchableCollector => collectorFacts[name].everySeconds !== 'poll',
);
