import type { UnixSeconds } from '../../domain/time.ts';
import { type Backups, pauseSchedule, steadyBackups, stopSchedule } from './backups.ts';
import { day, forever, hour, minute } from './durations.ts';
import { keptFirings, retentionOf } from './firing.ts';
import { type ClusterSpec, healthyCluster } from './healthy-cluster.ts';
import { policyOf, type Rule } from './policy.ts';
import { mix, objectId, pick, uuid } from './random.ts';
import { type Cluster, changeBackups, type Region } from './world.ts';

export type Scenario = (cluster: Cluster, startedAt: UnixSeconds) => Cluster;

export function withCloud(cluster: Cluster, change: Partial<Backups>): Cluster {
  return changeBackups(cluster, (backups) => ({ ...backups, ...change }));
}

/** The schedule has been silent since `at`. */
function stopped(cluster: Cluster, at: UnixSeconds): Cluster {
  return changeBackups(cluster, (backups) => stopSchedule(backups, at));
}

function madeAt(cluster: Cluster, createdAt: UnixSeconds): Cluster {
  const { cloud } = cluster;
  const readyAt = createdAt + 10 * minute;
  const active = { from: Math.max(cloud?.active.from ?? readyAt, readyAt), until: forever };
  return {
    ...withCloud(cluster, { active }),
    id: objectId(createdAt, cluster.seed),
    createdAt,
    readyAt,
  };
}

function sharded(cluster: Cluster, shards: number): Cluster {
  return {
    ...cluster,
    kind: 'sharded',
    shards,
    instanceSize: 'M30',
    sizeBytes: cluster.sizeBytes * shards,
  };
}

function flex(cluster: Cluster): Cluster {
  const { createdAt, regions } = cluster;
  // Flex does not run on every provider's regions that dedicated clusters do.
  const [{ provider }] = regions;
  const home: Region = provider === 'AWS' ? regions[0] : { provider: 'AWS', name: 'US_EAST_1' };
  return {
    ...cluster,
    kind: 'flex',
    instanceSize: 'FLEX',
    regions: [home],
    diskGb: 5,
    cloud: undefined,
    flex: { active: { from: createdAt, until: forever }, failing: [] },
  };
}

function legacyBackups(cluster: Cluster, until: UnixSeconds): Backups {
  const hours = pick([6, 12, 24], cluster.seed, 21);
  const rules: readonly Rule[] = [
    ...(hours === 24 ? [] : [['hourly', hours, 2, 'days'] as const]),
    ['daily', 1, 7, 'days'],
    ['weekly', 7, 4, 'weeks'],
    ['monthly', 40, 13, 'months'],
  ];
  const reference = { hour: 0, minute: cluster.seed % 60 };
  const policy = policyOf(rules, reference, cluster.createdAt, mix(cluster.seed, 20));
  return steadyBackups(policy, { from: cluster.createdAt, until });
}

// No cluster created from 2020-03-23 on can have legacy backups.
const lastLegacyYear = Date.UTC(2019, 5, 12, 8, 41, 7) / 1000;

function having(change: Partial<Cluster>): Scenario {
  return (cluster) => ({ ...cluster, ...change });
}

/** Each scenario tells what happened to a healthy replica set. Ages are as seen when the world starts. */
export const scenarios = {
  healthy: having({}),
  pit: having({ pitEnabled: true }),
  encrypted: (cluster) => ({ ...cluster, masterKey: uuid(cluster.seed) }),
  multiCloud: having({
    regions: [
      { provider: 'AWS', name: 'EU_WEST_1' },
      { provider: 'GCP', name: 'WESTERN_EUROPE' },
      { provider: 'AZURE', name: 'EUROPE_WEST' },
    ],
  }),
  copied: having({ copyRegions: ['US_WEST_2'] }),
  onDemand: (cluster, startedAt) =>
    withCloud(cluster, {
      onDemand: [
        { at: startedAt - 26 * hour, description: 'before the upgrade', retentionDays: 7 },
        { at: startedAt - 10 * day, description: 'end of quarter', retentionDays: 90 },
      ],
    }),
  fallback: (cluster, startedAt) =>
    withCloud(cluster, { fallback: [{ from: startedAt - 3 * day, until: startedAt - 2 * day }] }),
  sharded: (cluster) => sharded(cluster, 3),
  geosharded: (cluster) => ({
    ...sharded(cluster, 4),
    kind: 'geosharded',
    regions: [
      { provider: 'AWS', name: 'EU_WEST_1' },
      { provider: 'AWS', name: 'US_EAST_1' },
    ],
  }),
  flex,
  flexFailed: (cluster, startedAt) => ({
    ...flex(cluster),
    flex: {
      active: { from: cluster.createdAt, until: forever },
      failing: [{ from: startedAt - 2 * day, until: startedAt }],
    },
  }),
  free: having({
    kind: 'free',
    instanceSize: 'M0',
    diskGb: 0.5,
    cloudBackup: false,
    cloud: undefined,
  }),
  paused: (cluster, startedAt) => ({
    ...changeBackups(cluster, (backups) => pauseSchedule(backups, startedAt - 4 * day)),
    paused: true,
  }),
  neverEnabled: having({ cloudBackup: false, cloud: undefined }),
  switchedOff: (cluster, startedAt) => ({
    ...stopped(cluster, startedAt - 3 * day),
    cloudBackup: false,
  }),
  legacy: (cluster) => ({
    ...madeAt(cluster, lastLegacyYear + (cluster.seed % (200 * day))),
    mongodbVersion: '4.0.28',
    cloudBackup: false,
    legacyBackup: true,
    cloud: undefined,
    legacy: legacyBackups(cluster, forever),
  }),
  legacyLeftovers: (cluster, startedAt) => ({
    ...madeAt(cluster, lastLegacyYear - (cluster.seed % (200 * day))),
    mongodbVersion: '7.0.40',
    legacy: {
      ...legacyBackups(cluster, startedAt - 100 * day),
      onDemand: [
        { at: startedAt - 400 * day, description: 'kept for the auditors', retentionDays: forever },
      ],
    },
  }),
  neverBackedUp: (cluster, startedAt) =>
    withCloud(madeAt(cluster, startedAt - 6 * day), { active: { from: forever, until: forever } }),
  creating: (cluster, startedAt) => madeAt(cluster, startedAt - 2 * minute),
  failing: (cluster, startedAt) =>
    withCloud(cluster, { failing: [{ from: failingSince(cluster, startedAt), until: forever }] }),
  recovered: (cluster, startedAt) =>
    withCloud(cluster, { failing: [{ from: startedAt - 2 * day, until: startedAt - day }] }),
  stuck: (cluster, startedAt) => withCloud(cluster, { stuckFrom: startedAt - 38 * hour }),
  stale: (cluster, startedAt) => stopped(cluster, startedAt - 3 * day),
  expiring: (cluster, startedAt) => lastOneLeft(cluster, startedAt),
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;

/** A cluster to which these scenarios happened, one after the other. */
export function clusterOf(it: ClusterSpec, ...names: readonly ScenarioName[]): Cluster {
  return names.reduce(
    (cluster, name) => scenarios[name](cluster, it.startedAt),
    healthyCluster(it),
  );
}

/** The last five have failed. */
function failingSince({ cloud }: Cluster, startedAt: UnixSeconds): UnixSeconds {
  if (cloud === undefined) return startedAt;
  return keptFirings(cloud.policy, cloud.active.from, startedAt).at(-5)?.at ?? startedAt - 5 * day;
}

/** Backups stopped long ago, and the last snapshot goes within one firing's time. */
function lastOneLeft(cluster: Cluster, startedAt: UnixSeconds): Cluster {
  const { cloud } = cluster;
  if (cloud === undefined) return cluster;
  const items = cloud.policy.items.filter(
    ({ frequencyType }) => frequencyType === 'hourly' || frequencyType === 'daily',
  );
  const policy = { ...cloud.policy, items };
  const last = keptFirings(policy, cloud.active.from, startedAt).find(
    (firing) => firing.at + retentionOf(firing) > startedAt + hour,
  );
  return stopped(withCloud(cluster, { policy }), (last?.at ?? startedAt) + 1);
}
