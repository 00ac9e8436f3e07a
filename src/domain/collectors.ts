import { type Cluster, canHaveBackups } from './cluster.ts';
import { type Phrase, say } from './phrase.ts';
import { hasSchedule } from './schedule.ts';

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
  /** Why it does not read this cluster, as a sentence. Undefined: it does. By default it reads all. */
  readonly whyNot?: (cluster: Cluster) => Phrase | undefined;
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
    whyNot: whyNoSchedule,
  },
} as const satisfies Record<string, CollectorFacts>;

export type CollectorName = keyof typeof collectorFacts;

/** Why a collector does not read this cluster. Undefined: it does. */
export function whyNot(name: CollectorName, cluster: Cluster): Phrase | undefined {
  return factsOf(name).whyNot?.(cluster);
}

/** The facts of any of them, also of one that is known only when the program runs. */
export function factsOf(name: CollectorName): CollectorFacts {
  return collectorFacts[name];
}

function whyNoSchedule(cluster: Cluster): Phrase | undefined {
  if (!canHaveBackups(cluster)) return say`A free cluster has none.`;
  if (cluster.topology === 'flex') return say`Atlas shows none of flex clusters.`;
  if (!hasSchedule(cluster)) return say`Backup is switched off in Atlas: there is none.`;
  return undefined;
}

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
