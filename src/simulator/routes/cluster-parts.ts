import type { UnixSeconds } from '../../domain/time.ts';
import { type Api, type Link, relatedLink, selfLink } from '../api/links.ts';
import type { Cluster, Region } from '../world/world.ts';

export function stateName(cluster: Cluster, now: UnixSeconds): 'CREATING' | 'IDLE' {
  return now < cluster.readyAt ? 'CREATING' : 'IDLE';
}

export function clusterType(cluster: Cluster): 'REPLICASET' | 'SHARDED' | 'GEOSHARDED' {
  if (cluster.kind === 'sharded') return 'SHARDED';
  return cluster.kind === 'geosharded' ? 'GEOSHARDED' : 'REPLICASET';
}

export function isSharded(cluster: Cluster): boolean {
  return cluster.kind === 'sharded' || cluster.kind === 'geosharded';
}

export function clusterLinks(api: Api, cluster: Cluster): readonly Link[] {
  const path = `/groups/${cluster.projectId}/clusters/${cluster.name}`;
  return [
    selfLink(api, path),
    relatedLink(api, `${path}/backup/restoreJobs`, 'restoreJobs'),
    relatedLink(api, `${path}/backup/snapshots`, 'snapshots'),
  ];
}

export function hosts(cluster: Cluster): string {
  const zone = `${cluster.id.slice(-6)}.mongodb.example`;
  const name = cluster.name.toLowerCase();
  const port = isSharded(cluster) ? 27016 : 27017;
  return [0, 1, 2].map((n) => `${name}-shard-00-0${n}.${zone}:${port}`).join(',');
}

export function srvAddress(cluster: Cluster): string {
  return `mongodb+srv://${cluster.name.toLowerCase()}.${cluster.id.slice(-6)}.mongodb.example`;
}

export function standardUri(cluster: Cluster): string {
  const set = isSharded(cluster) ? '' : `&replicaSet=atlas-${cluster.id.slice(-6)}-shard-0`;
  return `mongodb://${hosts(cluster)}/?ssl=true&authSource=admin${set}`;
}

/** Empty while the cluster is being made. */
export function connectionStrings(cluster: Cluster, now: UnixSeconds): object {
  if (stateName(cluster, now) === 'CREATING') return {};
  const strings = { standard: standardUri(cluster), standardSrv: srvAddress(cluster) };
  return isSharded(cluster) ? { awsPrivateLinkSrv: {}, privateEndpoint: [], ...strings } : strings;
}

export function majorVersion(cluster: Cluster): string {
  return cluster.mongodbVersion.split('.').slice(0, 2).join('.');
}

/** Which tuning figures a node has depends on whose disks it uses. */
export function diskFigures(region: Region): object {
  switch (region.provider) {
    case 'AWS':
      return { diskIOPS: 3000, ebsVolumeType: 'STANDARD' };
    case 'AZURE':
      return { diskIOPS: 3500, diskThroughput: 125 };
    case 'GCP':
      return {};
  }
}

export function encryptionProvider(cluster: Cluster): string {
  return cluster.masterKey === undefined ? 'NONE' : cluster.regions[0].provider;
}
