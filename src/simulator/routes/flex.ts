import { isoDate, type UnixSeconds } from '../../domain/time.ts';
import type { Cluster } from '../world/world.ts';
import { connectionStrings, stateName } from './cluster-parts.ts';

export function flexCluster(cluster: Cluster, now: UnixSeconds): object {
  const [region] = cluster.regions;
  return {
    backupSettings: { enabled: cluster.cloudBackup },
    clusterType: 'REPLICASET',
    connectionStrings: connectionStrings(cluster, now),
    createDate: isoDate(cluster.createdAt),
    groupId: cluster.projectId,
    id: cluster.id,
    mongoDBVersion: cluster.mongodbVersion,
    name: cluster.name,
    providerSettings: {
      backingProviderName: region.provider,
      diskSizeGB: 5,
      providerName: 'FLEX',
      regionName: region.name,
    },
    stateName: stateName(cluster, now),
    tags: cluster.tags,
    terminationProtectionEnabled: false,
    versionReleaseSystem: 'LTS',
  };
}
