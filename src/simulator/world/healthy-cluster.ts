import type { UnixSeconds } from '../../domain/time.ts';
import { type Backups, steadyBackups } from './backups.ts';
import { day, forever, minute } from './durations.ts';
import { defaultRules, policyKeeping, policyOf, type Reference, type Rule } from './policy.ts';
import { between, mix, objectId, pick, seedOf } from './random.ts';
import type { Cluster, Region, Tag } from './world.ts';

/** What makes one cluster different from the next, apart from its scenario. */
export type ClusterSpec = {
  /** Of its project: with the name it decides all that does not depend on when the world begins. */
  readonly seed: string;
  readonly projectId: string;
  readonly name: string;
  /** When the world begins to be watched; scenarios are relative to it. */
  readonly startedAt: UnixSeconds;
  readonly rules?: readonly Rule[];
  /** UTC. */
  readonly reference?: Reference;
  readonly regions?: readonly [Region, ...Region[]];
  readonly instanceSize?: string;
  readonly tags?: readonly Tag[];
  /** How many snapshots the schedule keeps, instead of what the rules say. */
  readonly snapshots?: number;
};

const homes: readonly [Region, ...Region[]] = [
  { provider: 'AWS', name: 'EU_WEST_1' },
  { provider: 'AWS', name: 'US_EAST_1' },
  { provider: 'AWS', name: 'EU_CENTRAL_1' },
  { provider: 'AZURE', name: 'EUROPE_WEST' },
  { provider: 'AZURE', name: 'US_EAST_2' },
  { provider: 'GCP', name: 'WESTERN_EUROPE' },
];

const policies: readonly [readonly Rule[], ...(readonly Rule[])[]] = [
  defaultRules,
  defaultRules,
  defaultRules.slice(0, 4),
  [['hourly', 1, 2, 'days'], ...defaultRules.slice(1)],
  [['hourly', 2, 2, 'days'], ...defaultRules.slice(1)],
  [['hourly', 12, 7, 'days'], ...defaultRules.slice(1)],
  [['daily', 1, 14, 'days']],
];

/** A healthy replica set, some months to years old, that takes its snapshots. */
export function healthyCluster(it: ClusterSpec): Cluster {
  const seed = seedOf(`${it.seed}/${it.name}`);
  const createdAt = it.startedAt - between(seed, 1, 60, 1500) * day - between(seed, 2, 0, day);
  const size = between(seed, 3, 0, 3);
  return {
    id: objectId(createdAt, seed),
    projectId: it.projectId,
    name: it.name,
    kind: 'replicaSet',
    createdAt,
    readyAt: createdAt + 10 * minute,
    instanceSize: it.instanceSize ?? ['M10', 'M20', 'M30', 'M40'][size] ?? 'M10',
    regions: it.regions ?? [pick(homes, seed, 4)],
    shards: 1,
    mongodbVersion: pick(['8.0.29', '8.0.29', '8.0.26', '7.0.40'], seed, 5),
    diskGb: 10 * 2 ** (size + 1),
    sizeBytes: between(seed, 6, 1, 12) * 2 ** size * 512 * 1024 ** 2,
    paused: false,
    pitEnabled: false,
    masterKey: undefined,
    tags: it.tags ?? [],
    copyRegions: [],
    cloudBackup: true,
    legacyBackup: false,
    cloud: backupsOf(it, createdAt, seed),
    legacy: undefined,
    flex: undefined,
    seed,
  };
}

function backupsOf(it: ClusterSpec, createdAt: UnixSeconds, seed: number): Backups {
  const rules = it.rules ?? pick(policies, seed, 7);
  const reference = it.reference ?? {
    hour: between(seed, 8, 0, 23),
    minute: between(seed, 9, 0, 59),
  };
  const policy = policyOf(rules, reference, createdAt, mix(seed, 10));
  // As many as are asked for need a schedule that is older than the cluster may be.
  const from = it.snapshots === undefined ? createdAt + 10 * minute : Number.NEGATIVE_INFINITY;
  const kept = it.snapshots === undefined ? policy : policyKeeping(it.snapshots, 6, policy);
  return steadyBackups(kept, { from, until: forever });
}
