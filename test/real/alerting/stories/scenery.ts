import type { SeriesTable } from '../promtool.ts';

/** An exporter that polls every five minutes and reads everything, for so many minutes. */
export function exporter(minutes: number): SeriesTable {
  return {
    up: `1*${minutes}`,
    'exporter_build_info{version="1.0.0",revision="abc",node_version="24"}': `1*${minutes}`,
    exporter_poll_interval_seconds: `300*${minutes}`,
    exporter_sweep_interval_seconds: `0*${minutes}`,
    exporter_poll_last_success_timestamp_seconds: `0+300/5*${minutes}`,
    exporter_poll_last_completed_timestamp_seconds: `0+300/5*${minutes}`,
    'exporter_clusters{state="fresh"}': `5*${minutes}`,
    'exporter_collector_success{collector="clusters"}': `1*${minutes}`,
    'exporter_collector_success{collector="snapshots"}': `1*${minutes}`,
    'exporter_collector_success{collector="schedule"}': `1*${minutes}`,
    exporter_config_last_reload_successful: `1*${minutes}`,
    exporter_clock_skew_seconds: `0*${minutes}`,
  };
}

/** A cluster with a snapshot at each midnight, kept for a week. */
export const healthy = (minutes: number): SeriesTable => ({
  enabled: `1*${minutes}`,
  cluster_paused: `0*${minutes}`,
  refresh_success: `1*${minutes}`,
  refresh_last_success_timestamp_seconds: `0+300/5*${minutes}`,
  'snapshots{status="completed"}': `7*${minutes}`,
  'snapshots{status="failed"}': `0*${minutes}`,
  snapshots_incomplete: `0*${minutes}`,
  snapshot_last_finished_success: `1*${minutes}`,
  snapshot_last_completed_timestamp_seconds: `0+86400/1440*${minutes}`,
  snapshot_last_duration_seconds: `600*${minutes}`,
  snapshot_size_ratio: `1*${minutes}`,
  snapshot_previous_size_ratio: `1*${minutes}`,
  snapshots_vanished_total: `0*${minutes}`,
  snapshot_retention_reductions_total: `0*${minutes}`,
  recoverable_until_timestamp_seconds: `604800+86400/1440*${minutes}`,
  snapshot_due_timestamp_seconds: `90000+86400/1440*${minutes}`,
  rpo_objective_seconds: `86400*${minutes}`,
  schedule_next_snapshot_timestamp_seconds: `86400+86400/1440*${minutes}`,
  schedule_expected_interval_seconds: `86400*${minutes}`,
  schedule_hash: `42*${minutes}`,
  'collector_refresh_success{collector="schedule"}': `1*${minutes}`,
  'policy_last_completed_timestamp_seconds{frequency="daily"}': `0+86400/1440*${minutes}`,
});

/** The same series of another cluster. */
export function ofCluster(cluster: string, table: SeriesTable): SeriesTable {
  return Object.fromEntries(
    Object.entries(table).map(([key, notation]) => [
      key.includes('{')
        ? key.replace('{', `{cluster="${cluster}",`)
        : `${key}{cluster="${cluster}"}`,
      notation,
    ]),
  );
}

/** Clusters of which no more is told than that they are there. */
export function bystanders(names: readonly string[], notation: string): SeriesTable {
  return Object.fromEntries(names.map((name) => [`enabled{cluster="${name}"}`, notation]));
}

/** The same table, every series ending with a failed scrape or a page without it. */
export function until(minutes: number, table: SeriesTable): SeriesTable {
  return Object.fromEntries(
    Object.entries(table).map(([key, notation]) => [
      key,
      notation.replace(/\*\d+$/, `*${minutes} stale`),
    ]),
  );
}
