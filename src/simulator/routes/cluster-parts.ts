import { isoDate, type UnixSeconds } from '../../domain/time.ts';
import { clusterPath, relatedLink, selfLink } from '../api/links.ts';
import type { Call } from '../api/route.ts';
import type { Cluster, Region } from '../world/world.ts';

const clusterTypes = {
  replicaSet: 'REPLICASET',
  flex: 'REPLICASET',
  free: 'REPLICASET',
  sharded: 'SHARDED',
  geosharded: 'GEOSHARDED',
} as const;

/** What every description of a cluster has, flex or not, whatever the version. */
export function commonFields(it: Cluster, now: UnixSeconds) {
  return {
    clusterType: clusterTypes[it.kind],
    connectionStrings: connectionStrings(it, now),
    createDate: isoDate(it.createdAt),
    groupId: it.projectId,
    id: it.id,
    mongoDBVersion: it.mongodbVersion,
    name: it.name,
    stateName: isCreating(it, now) ? 'CREATING' : 'IDLE',
    tags: it.tags,
    terminationProtectionEnabled: false,
    versionReleaseSystem: 'LTS',
  };
}

/** What the descriptions of clusters that are not flex have beside that. */
export function dedicatedFields({ api, now }: Pick<Call, 'api' | 'now'>, it: Cluster) {
  const path = clusterPath(it);
  return {
    ...commonFields(it, now),
    biConnector: { enabled: false, readPreference: 'secondary' },
    configServerType: isSharded(it) ? 'EMBEDDED' : undefined,
    diskWarmingMode: 'FULLY_WARMED',
    encryptionAtRestProvider: it.masterKey === undefined ? 'NONE' : it.regions[0].provider,
    globalClusterSelfManagedSharding: false,
    labels: [],
    links: [
      selfLink(api, path),
      relatedLink(api, `${path}/backup/restoreJobs`, 'restoreJobs'),
      relatedLink(api, `${path}/backup/snapshots`, 'snapshots'),
    ],
    mongoDBMajorVersion: majorVersion(it),
    paused: it.paused,
    pitEnabled: it.pitEnabled,
    rootCertType: 'ISRGROOTX1',
  };
}

export function isCreating(it: Cluster, now: UnixSeconds): boolean {
  return now < it.readyAt;
}

export function isSharded(it: Cluster): boolean {
  return it.kind === 'sharded' || it.kind === 'geosharded';
}

export function majorVersion(it: Cluster): string {
  return it.mongodbVersion.split('.').slice(0, 2).join('.');
}

/** Where clients find the cluster. */
export function addresses(it: Cluster) {
  const zone = `${it.id.slice(-6)}.mongodb.example`;
  const name = it.name.toLowerCase();
  const port = isSharded(it) ? 27016 : 27017;
  const hosts = [0, 1, 2].map((n) => `${name}-shard-00-0${n}.${zone}:${port}`).join(',');
  const set = isSharded(it) ? '' : `&replicaSet=atlas-${it.id.slice(-6)}-shard-0`;
  return {
    hosts: `mongodb://${hosts}`,
    standard: `mongodb://${hosts}/?ssl=true&authSource=admin${set}`,
    srv: `mongodb+srv://${name}.${zone}`,
  };
}

/** Empty while the cluster is being made. */
function connectionStrings(it: Cluster, now: UnixSeconds): object {
  if (isCreating(it, now)) return {};
  const { standard, srv: standardSrv } = addresses(it);
  const privateLinks = isSharded(it) ? { awsPrivateLinkSrv: {}, privateEndpoint: [] } : {};
  return { ...privateLinks, standard, standardSrv };
}

/** Which tuning figures a node has depends on whose disks it uses. */
export const diskFigures: Readonly<Record<Region['provider'], object>> = {
  AWS: { diskIOPS: 3000, ebsVolumeType: 'STANDARD' },
  AZURE: { diskIOPS: 3500, diskThroughput: 125 },
  GCP: {},
};
