import type { Cluster } from '../domain/cluster.ts';
import { clusterKey } from '../domain/cluster.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { inSteps } from '../runtime/steps.ts';
import type { Watch } from './mirror.ts';
import { conditionsOf } from './states.ts';

/** Since when each condition of each cluster has been known: the end of the poll that first met it. */
export type Sightings = {
  /** The end of the first poll: what was seen then may have been so for longer. */
  readonly beganAt: UnixSeconds | undefined;
  /** By cluster key, and then by the name of the alert; a cluster without conditions is missing. */
  readonly seen: ReadonlyMap<string, ReadonlyMap<string, UnixSeconds>>;
};

export const noSightings: Sightings = { beganAt: undefined, seen: new Map() };

/** After one more poll, or another rendering of the same one. */
export function* sightings(
  before: Sightings,
  rows: readonly ClusterRow[],
  watch: Watch,
): Generator<void, Sightings> {
  const seen = new Map<string, ReadonlyMap<string, UnixSeconds>>();
  yield* inSteps(rows, (row) => {
    const conditions = conditionsOf(row, watch);
    if (conditions.length === 0) return;
    const key = clusterKey(row.cluster);
    const earlier = before.seen.get(key);
    const names = conditions.map(({ mirror }) => mirror.alert.name);
    seen.set(key, new Map(names.map((name) => [name, earlier?.get(name) ?? watch.now])));
  });
  return { beganAt: before.beganAt ?? watch.now, seen };
}

/** When a condition was first met. Undefined: not yet by any poll, or not of this cluster. */
export function sightedAt(
  { seen }: Sightings,
  cluster: Cluster,
  alert: string,
): UnixSeconds | undefined {
  return seen.get(clusterKey(cluster))?.get(alert);
}
