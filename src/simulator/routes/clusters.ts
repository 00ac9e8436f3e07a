import { page } from '../api/paging.ts';
import { rateLimit } from '../api/rate-limits.ts';
import { type ErrorKind, errors, RefusedRequest } from '../api/reply.ts';
import type { Call, Route } from '../api/route.ts';
import { objectId } from '../world/random.ts';
import type { Cluster, Region } from '../world/world.ts';
import { dedicatedFields, diskFigures, isSharded, majorVersion } from './cluster-parts.ts';
import { clusterV1 } from './cluster-v1.ts';

const newest = '2024-08-05';
const shared = {
  versions: ['2023-01-01', '2023-02-01', newest],
  limit: rateLimit('clusters', 10_000, 5000),
} as const;

export const clusterRoutes: readonly Route[] = [
  { ...shared, path: '/groups/:groupId/clusters', answer: clusters },
  {
    ...shared,
    path: '/groups/:groupId/clusters/:clusterName',
    answer: (call) => cluster(call, dedicatedCluster(call)),
  },
];

const flexInClusterApi: ErrorKind =
  '400 CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API Flex cluster {0} cannot be used in the Cluster API.';

/** Flex clusters are never among them. */
function clusters(call: Call): object {
  const dedicated = call.world.clusters(call.groupId).filter(({ kind }) => kind !== 'flex');
  const echo = { includeDeletedWithRetainedBackups: 'false' };
  return page(call, dedicated, (it) => cluster(call, it), call.api === 'v2' ? echo : {});
}

/** The one that the path names. @throws RefusedRequest */
export function namedCluster({ world, groupId, clusterName }: Call): Cluster {
  const it = world.cluster(groupId, clusterName);
  if (it === undefined) throw new RefusedRequest(errors.noCluster, clusterName, groupId);
  return it;
}

/** That which the path names, when it is not flex. @throws RefusedRequest */
export function dedicatedCluster(call: Call): Cluster {
  const it = namedCluster(call);
  if (it.kind === 'flex') throw new RefusedRequest(flexInClusterApi, it.name);
  return it;
}

/** The one whose id the path ends in. @throws RefusedRequest */
export function namedSnapshot<T extends { readonly id: string }>(
  call: Call,
  { name }: Cluster,
  snapshots: readonly T[],
): T {
  const found = snapshots.find(({ id }) => id === call.id);
  if (found === undefined) throw new RefusedRequest(errors.noSnapshot, call.id, name);
  return found;
}

function cluster(call: Call, it: Cluster): object {
  if (call.version !== newest && call.version !== '2023-02-01') return clusterV1(call, it);
  const free = it.kind === 'free';
  const isNewest = call.version === newest;
  return {
    ...dedicatedFields(call, it),
    advancedConfiguration: free ? undefined : advancedConfiguration,
    backupEnabled: it.cloudBackup || it.legacyBackup,
    replicationSpecs: replicationSpecs(it, isNewest, isNewest && !free),
    ...(isNewest ? newestFields(it) : { diskSizeGB: it.diskGb }),
  };
}

const advancedConfiguration = {
  customOpensslCipherConfigTls12: [],
  customOpensslCipherConfigTls13: [],
  minimumEnabledTlsProtocol: 'TLS1_2',
  tlsCipherConfigMode: 'DEFAULT',
};

function newestFields(it: Cluster): object {
  return {
    adaptiveCapacity: null,
    configServerManagementMode: isSharded(it) ? 'ATLAS_MANAGED' : undefined,
    effectiveDatabaseEdition: 'CORE',
    effectiveReplicationSpecs: replicationSpecs(it, true, false),
    featureCompatibilityVersion: majorVersion(it),
    internalClusterRole: 'NONE',
    redactClientLogData: false,
    retainBackups: false,
    useAwsTimeBasedSnapshotCopyForFastInitialSync: false,
  };
}

/** One a shard in the newest version; before that one a zone, with a count. */
function replicationSpecs(it: Cluster, isNewest: boolean, effective: boolean): readonly object[] {
  const zones = it.kind === 'geosharded' ? it.regions.length : 1;
  const entries = isNewest ? Math.max(it.shards, zones) : zones;
  const diskSizeGB = isNewest ? it.diskGb : undefined;
  return Array.from({ length: entries }, (_, index) => {
    const zone = index % zones;
    const regions = it.kind === 'geosharded' ? it.regions.slice(zone, zone + 1) : it.regions;
    return {
      id: objectId(it.createdAt, it.seed + 100 + index),
      numShards: isNewest ? undefined : Math.ceil(it.shards / zones),
      regionConfigs: regions.map((region, place) => ({
        priority: 7 - place,
        regionName: region.name,
        ...(it.kind === 'free'
          ? tenantSpecs(it.instanceSize, region, diskSizeGB)
          : nodeSpecs(it.instanceSize, region, diskSizeGB, place === 0 ? 3 : 2, effective)),
      })),
      zoneId: objectId(it.createdAt, it.seed + 200 + zone),
      zoneName: `Zone ${zone + 1}`,
    };
  });
}

function nodeSpecs(
  instanceSize: string,
  { provider }: Region,
  diskSizeGB: number | undefined,
  nodeCount: number,
  effective: boolean,
): object {
  const specs = { instanceSize, ...diskFigures[provider], diskSizeGB };
  const none = { ...specs, nodeCount: 0 };
  const electable = { ...specs, nodeCount };
  const actual = {
    effectiveAnalyticsSpecs: none,
    effectiveElectableSpecs: electable,
    effectiveReadOnlySpecs: none,
  };
  return {
    analyticsSpecs: none,
    autoScaling: {
      compute: { enabled: false, scaleDownEnabled: false },
      diskGB: { enabled: false },
    },
    ...(effective ? actual : {}),
    electableSpecs: electable,
    providerName: provider,
    readOnlySpecs: none,
  };
}

function tenantSpecs(instanceSize: string, { provider }: Region, diskSizeGB?: number): object {
  return {
    electableSpecs: { effectiveInstanceSize: instanceSize, instanceSize, diskSizeGB },
    backingProviderName: provider,
    providerName: 'TENANT',
  };
}
