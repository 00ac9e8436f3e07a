import { clusterFamilies } from '../collectors/families.ts';
import type { ClusterRow } from '../domain/cluster-view.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { type Family, samplesOf } from '../metrics/family.ts';
import type { StatusView } from '../status/view.ts';

/** What its number means, by the end of its name. */
export type Unit = 'moment' | 'seconds' | 'bytes' | 'ratio' | 'flag' | 'count' | 'info';

export type Series = {
  /** Besides those of the cluster. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** A family of `/metrics` with its series of one cluster. */
export type ClusterMetric = {
  /** As on `/metrics`. */
  readonly name: string;
  readonly unit: Unit;
  /** What the number is, and when it is absent. */
  readonly help: string;
  /** Empty: there is none now. */
  readonly series: readonly Series[];
};

/** Everything that `/metrics` has of a cluster by default, made by the same table. */
export function clusterMetrics(
  row: ClusterRow,
  { generation, context }: Pick<StatusView, 'generation' | 'context'>,
): readonly ClusterMetric[] {
  const on = new Set(Object.keys(generation.polls.collectors));
  return clusterFamilies
    .filter(({ collector, optIn }) => on.has(collector) && optIn === undefined)
    .map((family) => ({
      name: family.name,
      unit: unitOf(family),
      help: family.help,
      series: seriesOf(family, row, context.now),
    }));
}

function seriesOf(
  family: Family<ClusterRow>,
  row: ClusterRow,
  now: UnixSeconds,
): readonly Series[] {
  if (family.kind === 'fixed') return samplesOf(family, row);
  const at = family.timestamp(row);
  if (at === undefined || !Number.isFinite(at)) return [];
  return [{ labels: {}, value: family.sign * (now - at) }];
}

const suffixes: readonly (readonly [string, Unit])[] = [
  ['_info', 'info'],
  ['_timestamp_seconds', 'moment'],
  ['_seconds', 'seconds'],
  ['_bytes', 'bytes'],
  ['_ratio', 'ratio'],
];

function unitOf({ name, help }: Family<ClusterRow>): Unit {
  const [, unit] = suffixes.find(([suffix]) => name.endsWith(suffix)) ?? [];
  // The help of a flag says when it is 1.
  return unit ?? (help.startsWith('1 ') ? 'flag' : 'count');
}
