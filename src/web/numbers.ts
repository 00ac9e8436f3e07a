import type { ClusterRow } from '../domain/cluster-view.ts';
import type { UnixSeconds } from '../domain/time.ts';
import { clusterFamilies } from '../metrics/families.ts';
import { type Family, prefix, samplesOf } from '../metrics/family.ts';
import type { StatusView } from '../status/view.ts';

/** What a number counts, as the end of its name says. */
export type Unit = 'moment' | 'seconds' | 'bytes' | 'ratio' | 'flag' | 'count' | 'info';

/** A series of a cluster on `/metrics`, under its name there. */
export type SeriesValue = {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** A family of `/metrics` with its series of one cluster. */
export type ClusterNumber = {
  readonly name: string;
  readonly title: string;
  readonly unit: Unit;
  /** What the number is, and when there is none. */
  readonly help: string;
  /** Empty: there is none now. */
  readonly series: readonly SeriesValue[];
};

/** Every number that `/metrics` has of a cluster by default, made by the same table. */
export function clusterNumbers(
  row: ClusterRow,
  { generation, context }: Pick<StatusView, 'generation' | 'context'>,
): readonly ClusterNumber[] {
  const on = new Set(Object.keys(generation.polls.collectors));
  return clusterFamilies
    .filter(({ collector, optIn }) => on.has(collector) && optIn === undefined)
    .map((family) => ({
      name: family.name,
      title: titleOf(family.name),
      unit: unitOf(family),
      help: family.help,
      series: seriesOf(family, row, context.now),
    }));
}

function seriesOf(
  family: Family<ClusterRow>,
  row: ClusterRow,
  now: UnixSeconds,
): readonly SeriesValue[] {
  if (family.kind === 'fixed') return samplesOf(family, row);
  const at = family.timestamp(row);
  if (at === undefined || !Number.isFinite(at)) return [];
  return [{ labels: {}, value: family.sign * (now - at) }];
}

const flags: ReadonlySet<string> = new Set([
  'cluster_paused',
  'enabled',
  'exempt',
  'pit_enabled',
  'snapshot_last_finished_success',
  'refresh_success',
  'auto_export_enabled',
]);

function unitOf({ name }: Family<ClusterRow>): Unit {
  if (name.endsWith('_info')) return 'info';
  if (name.endsWith('_timestamp_seconds')) return 'moment';
  if (name.endsWith('_seconds')) return 'seconds';
  if (name.endsWith('_bytes')) return 'bytes';
  if (name.endsWith('_ratio')) return 'ratio';
  return flags.has(name.slice(prefix.length)) ? 'flag' : 'count';
}

/** `snapshot_last_completed_age_seconds`: "Snapshot last completed age". */
function titleOf(name: string): string {
  const words = name
    .slice(prefix.length)
    .replace(/(_timestamp)?_seconds$|_bytes$|_total$/, '')
    .replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
