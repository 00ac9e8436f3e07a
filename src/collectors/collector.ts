import type { Group } from '../alerting/alert.ts';
import type { ClusterCollector } from '../atlas/survey/collector-reader.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import { type CollectorKey, lastCurrent, observedIn, periodOf } from '../domain/collected.ts';
import { type SwitchableCollector, whyNot } from '../domain/collectors.ts';
import { lastKnown } from '../domain/observed.ts';
import type { UnixSeconds } from '../domain/time.ts';
import type { Html } from '../html/html.ts';
import type { Family } from '../metrics/family.ts';

/** How a family looks at what its collector has read of a cluster. */
type Reads<T> = {
  /** The last good reading, however old: for what is a timestamp, or made of one. */
  readonly known: (row: ClusterRow) => T | undefined;
  /** The same until its readings have failed for `poll.max_staleness`: for all else. */
  readonly current: (row: ClusterRow) => T | undefined;
};

/** A collector that reads of clusters. Its facts are in `domain/collectors.ts`. */
type Entry<T> = {
  readonly key: CollectorKey<T>;
  /** @throws AtlasError */
  readonly read: (...by: Parameters<ClusterCollector['read']>) => Promise<T>;
  /** Decides in place of the cadence whether to read now. */
  readonly isDue?: ClusterCollector['isDue'];
  /** From when on it reads again what it has read, for people. */
  readonly nextAt?: (row: ClusterRow, readAt: UnixSeconds) => UnixSeconds;
  readonly families: (reads: Reads<T>) => readonly Family<ClusterRow>[];
  readonly alerts?: Group;
  /** On the page of a cluster. Undefined: there is nothing to show. */
  readonly section?: (row: ClusterRow, now: UnixSeconds) => Html | undefined;
};

/** The same, whatever it reads. */
export type Collector = Required<Pick<Entry<unknown>, 'nextAt' | 'section'>> & {
  readonly name: SwitchableCollector;
  readonly reader: ClusterCollector;
  readonly families: readonly Family<ClusterRow>[];
  readonly alerts: readonly Group[];
};

export function clusterCollector<T>({ key, read, isDue, alerts, ...entry }: Entry<T>) {
  const { name } = key;
  const observed = ({ collected }: ClusterRow) => observedIn(collected, key);
  const collector: Collector = {
    name,
    nextAt: ({ cluster }, readAt) => readAt + periodOf(name, cluster.id),
    section: () => undefined,
    ...entry,
    reader: {
      name,
      scope: 'cluster',
      appliesTo: (cluster) => whyNot(name, cluster) === undefined,
      ...(isDue && { isDue }),
      read,
    },
    families: entry.families({
      known: (row) => lastKnown(observed(row)),
      current: (row) => lastCurrent(observed(row), key, row.staleBefore),
    }),
    alerts: alerts === undefined ? [] : [alerts],
  };
  return collector;
}
