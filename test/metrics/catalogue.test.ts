import { expect, test } from 'vitest';
import { clusterFamilies } from '../../src/collectors/families.ts';
import { eventFamilies } from '../../src/metrics/event-families.ts';
import { exporterFamilies } from '../../src/metrics/exporter-families.ts';
import type { FamilyFacts } from '../../src/metrics/family.ts';
import { projectFamilies } from '../../src/metrics/project-families.ts';
import { runtimeFamilies } from '../../src/metrics/runtime-families.ts';

// Dashboards and rules hang on these names: changing one is a breaking change.
const listed = (families: readonly FamilyFacts[]) =>
  families
    .map(({ name, type, collector, stability, labels }) => {
      const own = Object.entries(labels).map(
        ([label, values]) => `  ${label} = ${values === 'open' ? '*' : values.join(' ')}`,
      );
      return [`${name} ${type}, ${collector}, ${stability}`, ...own].join('\n');
    })
    .join('\n');

test('the families about a cluster', () => {
  expect(listed(clusterFamilies)).toMatchInlineSnapshot(`
    "mongodbatlas_backup_cluster_info gauge, clusters, stable
      org_id = *
      topology = replica_set sharded geosharded flex other
      instance_size = *
      cloud_provider = AWS AZURE GCP multiple other
      mongodb_version = *
      account = *
    mongodbatlas_backup_cluster_created_timestamp_seconds gauge, clusters, stable
    mongodbatlas_backup_cluster_paused gauge, clusters, stable
    mongodbatlas_backup_enabled gauge, clusters, stable
    mongodbatlas_backup_exempt gauge, clusters, stable
    mongodbatlas_backup_pit_enabled gauge, clusters, stable
    mongodbatlas_backup_snapshots gauge, snapshots, stable
      status = queued in_progress completed failed other
    mongodbatlas_backup_snapshots_incomplete gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_completed_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_completed_age_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_completed_expiry_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_completed_expires_in_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_completed_size_bytes gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_completed_info gauge, snapshots, stable
      source = cloud flex legacy
      snapshot_type = on_demand scheduled fallback other
      frequency = hourly daily weekly monthly yearly on_demand other
      cloud_provider = AWS AZURE GCP multiple other
      mongodb_version = *
      encrypted = true false
    mongodbatlas_backup_snapshot_last_finished_success gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_failed_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshot_pending_since_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_fallback_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshot_last_duration_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshot_oldest_completed_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_recoverable_until_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshots_size_bytes gauge, snapshots, stable
    mongodbatlas_backup_snapshot_size_ratio gauge, snapshots, stable
    mongodbatlas_backup_snapshot_previous_size_ratio gauge, snapshots, stable
    mongodbatlas_backup_snapshot_rejected_future_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_snapshots_vanished_total counter, snapshots, stable
    mongodbatlas_backup_snapshot_retention_reductions_total counter, snapshots, stable
    mongodbatlas_backup_refresh_last_success_timestamp_seconds gauge, snapshots, stable
    mongodbatlas_backup_refresh_success gauge, snapshots, stable
    mongodbatlas_backup_collector_refresh_success gauge, clusters, stable
      collector = schedule
    mongodbatlas_backup_collector_refresh_last_success_timestamp_seconds gauge, clusters, stable
      collector = schedule
    mongodbatlas_backup_schedule_next_snapshot_timestamp_seconds gauge, schedule, stable
    mongodbatlas_backup_schedule_expected_interval_seconds gauge, schedule, stable
    mongodbatlas_backup_rpo_objective_seconds gauge, schedule, stable
    mongodbatlas_backup_snapshot_due_timestamp_seconds gauge, schedule, stable
    mongodbatlas_backup_schedule_hash gauge, schedule, stable
    mongodbatlas_backup_pit_window_seconds gauge, schedule, stable
    mongodbatlas_backup_auto_export_enabled gauge, schedule, stable
    mongodbatlas_backup_policy_interval_seconds gauge, schedule, stable
      frequency = hourly daily weekly monthly yearly on_demand
    mongodbatlas_backup_policy_retention_seconds gauge, schedule, stable
      frequency = hourly daily weekly monthly yearly on_demand
    mongodbatlas_backup_policy_last_completed_timestamp_seconds gauge, schedule, stable
      frequency = hourly daily weekly monthly yearly on_demand
    mongodbatlas_backup_policy_completed_snapshots gauge, schedule, stable
      frequency = hourly daily weekly monthly yearly on_demand"
  `);
});

test('the families about a project', () => {
  expect(listed(projectFamilies)).toMatchInlineSnapshot(`
    "mongodbatlas_backup_project_info gauge, clusters, stable
      org_id = *
      account = *
    mongodbatlas_backup_project_clusters gauge, clusters, stable
    mongodbatlas_backup_project_refresh_success gauge, clusters, stable
    mongodbatlas_backup_project_refresh_last_success_timestamp_seconds gauge, clusters, stable"
  `);
});

test('the families about the exporter', () => {
  expect(listed([...exporterFamilies, ...Object.values(eventFamilies)])).toMatchInlineSnapshot(`
    "mongodbatlas_backup_exporter_build_info gauge, exporter, stable
      version = *
      revision = *
      node_version = *
    mongodbatlas_backup_exporter_web_info gauge, exporter, stable
      external_url = *
    mongodbatlas_backup_exporter_poll_success gauge, exporter, stable
    mongodbatlas_backup_exporter_poll_last_success_timestamp_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_poll_last_completed_timestamp_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_poll_duration_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_poll_interval_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_sweep_interval_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_poll_in_progress gauge, exporter, stable
    mongodbatlas_backup_exporter_clusters gauge, exporter, stable
      state = fresh stale expired unread
    mongodbatlas_backup_exporter_projects gauge, exporter, stable
    mongodbatlas_backup_exporter_collector_success gauge, exporter, stable
      collector = clusters snapshots schedule
    mongodbatlas_backup_exporter_config_last_reload_successful gauge, exporter, stable
    mongodbatlas_backup_exporter_config_last_reload_success_timestamp_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_config_hash gauge, exporter, stable
    mongodbatlas_backup_exporter_shard gauge, exporter, stable
    mongodbatlas_backup_exporter_total_shards gauge, exporter, stable
    mongodbatlas_backup_exporter_api_requests_total counter, exporter, stable
      endpoint = (name of an API call)
      code = 1xx 2xx 3xx 4xx 5xx error
    mongodbatlas_backup_exporter_api_request_duration_seconds histogram, exporter, stable
      endpoint = (name of an API call)
    mongodbatlas_backup_exporter_api_retries_total counter, exporter, stable
      reason = network timeout rate_limited server
    mongodbatlas_backup_exporter_api_throttled_seconds_total counter, exporter, stable
    mongodbatlas_backup_exporter_api_rate_limit_capacity gauge, exporter, stable
      endpoint = (name of an API call)
    mongodbatlas_backup_exporter_api_rate_limit_remaining gauge, exporter, stable
      endpoint = (name of an API call)
    mongodbatlas_backup_exporter_api_sunset_timestamp_seconds gauge, exporter, stable
      endpoint = (name of an API call)
    mongodbatlas_backup_exporter_errors_total counter, exporter, stable
      collector = clusters snapshots schedule
      reason = auth forbidden ip_not_allowed not_found rate_limited server timeout network tls too_large bad_content_type bad_json bad_schema pagination unconfirmed restarted version_gone redirect internal
    mongodbatlas_backup_exporter_records_rejected_total counter, exporter, stable
      reason = date future size schema duplicate
    mongodbatlas_backup_exporter_unknown_values_total counter, exporter, stable
      field = status snapshotType frequencyType cloudProvider clusterType retentionUnit
    mongodbatlas_backup_exporter_series_dropped_total counter, exporter, stable
      reason = duplicate series_limit cluster_limit
    mongodbatlas_backup_exporter_clock_skew_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_poll_event_loop_delay_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_state_loaded_timestamp_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_state_saved_timestamp_seconds gauge, exporter, stable
    mongodbatlas_backup_exporter_state_errors_total counter, exporter, stable
      reason = unreadable torn version future too_large unwritable locked
    mongodbatlas_backup_exporter_scrape_duration_seconds histogram, exporter, stable"
  `);
});

test('the families about the process', () => {
  expect(listed(runtimeFamilies)).toMatchInlineSnapshot(`
    "process_cpu_seconds_total counter, exporter, stable
    process_resident_memory_bytes gauge, exporter, stable
    process_start_time_seconds gauge, exporter, stable
    nodejs_heap_size_used_bytes gauge, exporter, stable
    nodejs_heap_size_total_bytes gauge, exporter, stable"
  `);
});
