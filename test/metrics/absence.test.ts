import { beforeAll, describe, expect, test } from 'vitest';
import { clusterFamilies } from '../../src/collectors/families.ts';
import { prefix } from '../../src/metrics/family.ts';
import { projectFamilies } from '../../src/metrics/project-families.ts';
import { samplesBy } from './exposition.ts';
import { type FleetName, fleetNames, fleets } from './fleets.ts';
import { familiesOn } from './pages.ts';

const noCluster: readonly FleetName[] = ['unpolled', 'projectUnlisted', 'projectEmpty', 'nothing'];
const notRead: readonly FleetName[] = [...noCluster, 'unread', 'neverRead'];
/** Neither read nor recently enough for what does not age by itself. */
const notCurrent: readonly FleetName[] = [...notRead, 'expired', 'scheduledAndExpired'];
const neverCompleted: readonly FleetName[] = [
  'disabled',
  'exempt',
  'neverBackedUp',
  'firstRunning',
];
const noneCompleted: readonly FleetName[] = [...notRead, ...neverCompleted];
const notCurrentlyCompleted: readonly FleetName[] = [...notCurrent, ...neverCompleted];
const noProject: readonly FleetName[] = ['unpolled', 'nothing'];

/** Enough snapshots of one kind to compare sizes, and two of them. */
const sized: readonly FleetName[] = [
  'healthy',
  'sharded',
  'failing',
  'watched',
  'stale',
  'twins',
  'scheduled',
  'scheduleMissing',
  'scheduleFailed',
  'scheduleStale',
  'scheduleExpired',
  'future',
];
const scheduleKnown: readonly FleetName[] = ['scheduled', 'scheduleStale', 'scheduledAndExpired'];

const scheduleRead: readonly FleetName[] = [...scheduleKnown, 'scheduleMissing', 'scheduleExpired'];

const everywhereBut = (...present: readonly FleetName[]) =>
  fleetNames.filter((name) => !present.includes(name));

/** The fleets on whose page a family is absent; on every other it has a series. */
const absentIn: Readonly<Record<string, readonly FleetName[]>> = {
  cluster_info: noCluster,
  cluster_created_timestamp_seconds: [...noCluster, 'firstRunning'],
  cluster_paused: [...noCluster, 'flex', 'expired', 'scheduledAndExpired'],
  enabled: noCluster,
  exempt: everywhereBut('exempt'),
  pit_enabled: [...noCluster, 'flex', 'expired', 'scheduledAndExpired'],
  snapshots: notCurrent,
  snapshots_incomplete: notCurrent,
  snapshot_last_completed_timestamp_seconds: noneCompleted,
  snapshot_last_completed_age_seconds: noneCompleted,
  snapshot_last_completed_expiry_timestamp_seconds: [...noneCompleted, 'keptForEver'],
  snapshot_last_completed_expires_in_seconds: [...noneCompleted, 'keptForEver'],
  snapshot_last_completed_size_bytes: [...notCurrentlyCompleted, 'flex'],
  snapshot_last_completed_info: notCurrentlyCompleted,
  snapshot_last_finished_success: notCurrentlyCompleted,
  snapshot_last_failed_timestamp_seconds: everywhereBut('failing', 'expired'),
  snapshot_pending_since_timestamp_seconds: everywhereBut('firstRunning', 'stuck'),
  snapshot_last_fallback_timestamp_seconds: everywhereBut('fallback'),
  snapshot_last_duration_seconds: everywhereBut('flex', 'legacy', 'watched'),
  snapshot_oldest_completed_timestamp_seconds: noneCompleted,
  recoverable_until_timestamp_seconds: [...noneCompleted, 'keptForEver'],
  snapshots_size_bytes: [...notCurrent, 'flex'],
  snapshot_size_ratio: everywhereBut(...sized),
  snapshot_previous_size_ratio: everywhereBut(...sized),
  snapshot_rejected_future_timestamp_seconds: everywhereBut('future'),
  snapshots_vanished_total: noCluster,
  snapshot_retention_reductions_total: noCluster,
  refresh_last_success_timestamp_seconds: notRead,
  refresh_success: noCluster,
  collector_refresh_success: everywhereBut('scheduleFailed', ...scheduleRead),
  collector_refresh_last_success_timestamp_seconds: everywhereBut(...scheduleRead),
  schedule_next_snapshot_timestamp_seconds: everywhereBut(
    'scheduled',
    'scheduleExpired',
    'scheduledAndExpired',
  ),
  schedule_expected_interval_seconds: everywhereBut(...scheduleKnown),
  rpo_objective_seconds: everywhereBut('flex', 'legacy', ...scheduleKnown),
  snapshot_due_timestamp_seconds: everywhereBut(
    'flex',
    'legacy',
    'scheduleExpired',
    ...scheduleKnown,
  ),
  schedule_hash: everywhereBut(...scheduleKnown),
  pit_window_seconds: everywhereBut(...scheduleKnown),
  auto_export_enabled: everywhereBut(...scheduleKnown),
  policy_interval_seconds: everywhereBut(...scheduleKnown),
  policy_retention_seconds: everywhereBut(...scheduleKnown),
  policy_last_completed_timestamp_seconds: everywhereBut(
    'scheduled',
    'scheduleExpired',
    'scheduledAndExpired',
  ),
  policy_completed_snapshots: everywhereBut('scheduled', 'scheduleStale', 'scheduleExpired'),
  project_info: noProject,
  project_clusters: [...noProject, 'projectUnlisted'],
  project_refresh_success: ['nothing'],
  project_refresh_last_success_timestamp_seconds: [...noProject, 'projectUnlisted'],
};

const seriesOf = new Map<FleetName, ReturnType<typeof samplesBy>>();
beforeAll(async () => {
  for (const name of fleetNames) seriesOf.set(name, samplesBy(await familiesOn(fleets[name])));
});

const families = [...clusterFamilies, ...projectFamilies].map(({ name }) => name);

test('every family says where it is absent', () => {
  expect(
    Object.keys(absentIn)
      .map((name) => prefix + name)
      .sort(),
  ).toEqual(families.toSorted());
});

test.each(Object.entries(absentIn))('%s is absent exactly where it should be', (name, expected) => {
  const absent = fleetNames.filter((fleet) => !seriesOf.get(fleet)?.has(prefix + name));
  expect(absent.toSorted()).toEqual([...expected].sort());
});

describe('0 is a fact', () => {
  test.each<[string, FleetName, string, readonly number[]]>([
    ['no snapshots of any status', 'neverBackedUp', 'snapshots', [0, 0, 0, 0]],
    ['nothing incomplete', 'healthy', 'snapshots_incomplete', [0]],
    ['no bytes kept', 'disabled', 'snapshots_size_bytes', [0]],
    ['not paused', 'healthy', 'cluster_paused', [0]],
    ['no backup', 'disabled', 'enabled', [0]],
    ['not yet read', 'unread', 'refresh_success', [0]],
    ['never read in vain', 'neverRead', 'refresh_success', [0]],
    ['the last run failed', 'failing', 'snapshot_last_finished_success', [0]],
    ['nothing vanished', 'unread', 'snapshots_vanished_total', [0]],
    ['no retention was cut', 'unread', 'snapshot_retention_reductions_total', [0]],
    ['a schedule read in vain', 'scheduleFailed', 'collector_refresh_success', [0]],
    ['a schedule not read any more', 'scheduleStale', 'collector_refresh_success', [0]],
    ['no clusters in a project', 'projectEmpty', 'project_clusters', [0]],
    ['a project not yet listed', 'projectUnlisted', 'project_refresh_success', [0]],
    ['a named project not found', 'unpolled', 'project_refresh_success', [0]],
  ])('%s', (_, fleet, name, expected) => {
    const samples = seriesOf.get(fleet)?.get(prefix + name);
    expect(samples?.map(({ value }) => value)).toEqual(expected);
  });
});
