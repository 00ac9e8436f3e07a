import { isoDate, type UnixSeconds } from '../../domain/time.ts';
import type { Api } from '../api/links.ts';
import { objectId } from '../world/random.ts';
import type { Cluster } from '../world/world.ts';
import {
  clusterLinks,
  clusterType,
  connectionStrings,
  diskFigures,
  encryptionProvider,
  hosts,
  isSharded,
  majorVersion,
  srvAddress,
  standardUri,
  stateName,
} from './cluster-parts.ts';

/** The cluster as API v1.0 and version 2023-01-01 describe it: legacy and cloud backup apart. */
export function clusterV1(api: Api, it: Cluster, now: UnixSeconds): object {
  const ready = stateName(it, now) !== 'CREATING';
  const [region] = it.regions;
  return {
    autoScaling: { compute: { enabled: false, scaleDownEnabled: false }, diskGBEnabled: false },
    backupEnabled: it.legacyBackup,
    biConnector: { enabled: false, readPreference: 'secondary' },
    clusterType: clusterType(it),
    configServerType: isSharded(it) ? 'EMBEDDED' : undefined,
    connectionStrings: connectionStrings(it, now),
    createDate: isoDate(it.createdAt),
    diskSizeGB: it.diskGb,
    diskWarmingMode: 'FULLY_WARMED',
    encryptionAtRestProvider: encryptionProvider(it),
    globalClusterSelfManagedSharding: false,
    groupId: it.projectId,
    id: it.id,
    labels: [],
    links: clusterLinks(api, it),
    mongoDBMajorVersion: majorVersion(it),
    mongoDBVersion: it.mongodbVersion,
    mongoURI: ready ? `mongodb://${hosts(it)}` : undefined,
    mongoURIUpdated: ready ? isoDate(it.readyAt) : undefined,
    mongoURIWithOptions: ready ? standardUri(it) : undefined,
    name: it.name,
    numShards: it.shards,
    paused: it.paused,
    pitEnabled: it.pitEnabled,
    providerBackupEnabled: it.cloudBackup,
    providerSettings: providerSettings(it),
    replicationFactor: 3,
    replicationSpec: { [region.name]: nodes(0) },
    replicationSpecs: [
      {
        id: objectId(it.createdAt, it.seed + 100),
        numShards: it.shards,
        regionsConfig: Object.fromEntries(
          it.regions.map(({ name }, place) => [name, nodes(place)]),
        ),
        zoneName: 'Zone 1',
      },
    ],
    rootCertType: 'ISRGROOTX1',
    srvAddress: ready ? srvAddress(it) : undefined,
    stateName: stateName(it, now),
    tags: it.tags,
    terminationProtectionEnabled: false,
    versionReleaseSystem: 'LTS',
  };
}

function nodes(place: number): object {
  return {
    analyticsNodes: 0,
    electableNodes: place === 0 ? 3 : 2,
    priority: 7 - place,
    readOnlyNodes: 0,
  };
}

function providerSettings(it: Cluster): object {
  const [region] = it.regions;
  const autoScaling = { compute: { maxInstanceSize: null, minInstanceSize: null } };
  if (it.kind === 'free') {
    return {
      providerName: 'TENANT',
      autoScaling,
      backingProviderName: region.provider,
      effectiveInstanceSizeName: it.instanceSize,
      instanceSizeName: it.instanceSize,
      regionName: region.name,
    };
  }
  return {
    providerName: region.provider,
    autoScaling,
    ...diskFigures(region),
    instanceSizeName: it.instanceSize,
    regionName: region.name,
  };
}
