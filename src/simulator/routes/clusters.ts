import { isoDate, type UnixSeconds } from '../../domain/time.ts';
import type { Api } from '../api/links.ts';
import { objectId } from '../world/random.ts';
import type { Cluster, Region } from '../world/world.ts';
import {
  clusterLinks,
  clusterType,
  connectionStrings,
  diskFigures,
  encryptionProvider,
  isSharded,
  majorVersion,
  stateName,
} from './cluster-parts.ts';

/** The cluster as versions 2024-08-05 (one specification a shard) and 2023-02-01 describe it. */
export type ClusterVersion = '2024-08-05' | '2023-02-01';

export function cluster(api: Api, it: Cluster, version: ClusterVersion, now: UnixSeconds): object {
  const newest = version === '2024-08-05';
  const free = it.kind === 'free';
  return {
    adaptiveCapacity: newest ? null : undefined,
    advancedConfiguration: free ? undefined : advancedConfiguration,
    backupEnabled: it.cloudBackup || it.legacyBackup,
    biConnector: { enabled: false, readPreference: 'secondary' },
    clusterType: clusterType(it),
    configServerManagementMode: isSharded(it) && newest ? 'ATLAS_MANAGED' : undefined,
    configServerType: isSharded(it) ? 'EMBEDDED' : undefined,
    connectionStrings: connectionStrings(it, now),
    createDate: isoDate(it.createdAt),
    diskSizeGB: newest ? undefined : it.diskGb,
    diskWarmingMode: 'FULLY_WARMED',
    effectiveDatabaseEdition: newest ? 'CORE' : undefined,
    effectiveReplicationSpecs: newest ? replicationSpecs(it, version, false) : undefined,
    encryptionAtRestProvider: encryptionProvider(it),
    featureCompatibilityVersion: newest ? majorVersion(it) : undefined,
    globalClusterSelfManagedSharding: false,
    groupId: it.projectId,
    id: it.id,
    internalClusterRole: newest ? 'NONE' : undefined,
    labels: [],
    links: clusterLinks(api, it),
    mongoDBMajorVersion: majorVersion(it),
    mongoDBVersion: it.mongodbVersion,
    name: it.name,
    paused: it.paused,
    pitEnabled: it.pitEnabled,
    redactClientLogData: newest ? false : undefined,
    replicationSpecs: replicationSpecs(it, version, newest && !free),
    retainBackups: newest ? false : undefined,
    rootCertType: 'ISRGROOTX1',
    stateName: stateName(it, now),
    tags: it.tags,
    terminationProtectionEnabled: false,
    useAwsTimeBasedSnapshotCopyForFastInitialSync: newest ? false : undefined,
    versionReleaseSystem: 'LTS',
  };
}

const advancedConfiguration = {
  customOpensslCipherConfigTls12: [],
  customOpensslCipherConfigTls13: [],
  minimumEnabledTlsProtocol: 'TLS1_2',
  tlsCipherConfigMode: 'DEFAULT',
};

/** One a shard since 2024-08-05; before that one a zone, with a count. */
function replicationSpecs(
  it: Cluster,
  version: ClusterVersion,
  effective: boolean,
): readonly object[] {
  const newest = version === '2024-08-05';
  const zones = it.kind === 'geosharded' ? it.regions.length : 1;
  const entries = newest ? Math.max(it.shards, zones) : zones;
  return Array.from({ length: entries }, (_, index) => {
    const zone = index % zones;
    const regions = it.kind === 'geosharded' ? it.regions.slice(zone, zone + 1) : it.regions;
    return {
      id: objectId(it.createdAt, it.seed + 100 + index),
      numShards: newest ? undefined : Math.ceil(it.shards / zones),
      regionConfigs: regions.map((region, place) =>
        regionConfig(it, region, place, version, effective),
      ),
      zoneId: objectId(it.createdAt, it.seed + 200 + zone),
      zoneName: `Zone ${zone + 1}`,
    };
  });
}

function regionConfig(
  it: Cluster,
  region: Region,
  place: number,
  version: ClusterVersion,
  effective: boolean,
): object {
  if (it.kind === 'free') return freeRegionConfig(it, region, version);
  const nodes = place === 0 ? 3 : 2;
  const specs = (nodeCount: number): object => ({
    instanceSize: it.instanceSize,
    ...diskFigures(region),
    diskSizeGB: version === '2024-08-05' ? it.diskGb : undefined,
    nodeCount,
  });
  const actual = {
    effectiveAnalyticsSpecs: specs(0),
    effectiveElectableSpecs: specs(nodes),
    effectiveReadOnlySpecs: specs(0),
  };
  return {
    analyticsSpecs: specs(0),
    autoScaling: {
      compute: { enabled: false, scaleDownEnabled: false },
      diskGB: { enabled: false },
    },
    ...(effective ? actual : {}),
    electableSpecs: specs(nodes),
    priority: 7 - place,
    providerName: region.provider,
    readOnlySpecs: specs(0),
    regionName: region.name,
  };
}

function freeRegionConfig(it: Cluster, region: Region, version: ClusterVersion): object {
  const diskSizeGB = version === '2024-08-05' ? it.diskGb : undefined;
  return {
    electableSpecs: {
      effectiveInstanceSize: it.instanceSize,
      instanceSize: it.instanceSize,
      diskSizeGB,
    },
    backingProviderName: region.provider,
    priority: 7,
    providerName: 'TENANT',
    regionName: region.name,
  };
}
