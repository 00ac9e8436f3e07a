import { isoDate, type UnixSeconds } from '../../domain/time.ts';
import { clusterPath, selfLink } from '../api/links.ts';
import { cloudBackups } from '../api/rate-limits.ts';
import { type ErrorKind, RefusedRequest } from '../api/reply.ts';
import type { Call, Route } from '../api/route.ts';
import type { Backups } from '../world/backups.ts';
import { nextFiring } from '../world/firing.ts';
import type { FrequencyType, PolicyItem } from '../world/policy.ts';
import { objectId } from '../world/random.ts';
import type { Cluster } from '../world/world.ts';
import { dedicatedCluster } from './clusters.ts';

const newest = '2024-08-05';

export const scheduleRoutes: readonly Route[] = [
  {
    path: '/groups/:groupId/clusters/:clusterName/backup/schedule',
    versions: ['2023-01-01', newest],
    limit: cloudBackups,
    answer: schedule,
  },
];

const noBackup: ErrorKind =
  '404 BACKUP_CONFIG_NOT_FOUND No backup configuration exists for cluster {0} in group {1}.';

/** What a schedule with copies copies to its other regions. */
export const copiedFrequencies: readonly FrequencyType[] = ['daily', 'weekly'];

function schedule(call: Call): object {
  const it = dedicatedCluster(call);
  if (it.cloud === undefined || !it.cloudBackup) {
    throw new RefusedRequest(noBackup, it.id, it.projectId);
  }
  const { policy } = it.cloud;
  const next = announcedRun(it.cloud, call.now);
  return {
    autoExportEnabled: false,
    clusterId: it.id,
    clusterName: it.name,
    copyPolicyItemsEnabled: false,
    copySettings: it.copyRegions.map((regionName) => copySetting(call, it, regionName)),
    links: [
      selfLink(call.api, `${clusterPath(it)}/backup/schedule`),
      {
        href: `http://localhost:8080/api/public/v1.0/groups/${it.projectId}`,
        rel: 'https://cloud.mongodb.com/group',
      },
    ],
    nextSnapshot: next === undefined ? undefined : isoDate(next),
    policies: [{ id: policy.id, policyItems: policy.items.map(policyItem) }],
    referenceHourOfDay: policy.referenceHour,
    referenceMinuteOfHour: policy.referenceMinute,
    // Recorded only on clusters with continuous backup.
    restoreWindowDays: it.pitEnabled ? 7 : undefined,
    useOrgAndGroupNamesInExportPrefix: false,
  };
}

function announcedRun({ policy, active, announces }: Backups, now: UnixSeconds) {
  return nextFiring(policy, announces === 'next' ? now : Math.min(now, active.until - 1));
}

function policyItem({ retentionSeconds: _, ...shown }: PolicyItem): object {
  return shown;
}

/** What the zone of a copy is called changed with the newest version. */
function copySetting({ version }: Call, it: Cluster, regionName: string): object {
  const zone =
    version === newest
      ? { zoneId: objectId(it.createdAt, it.seed + 200) }
      : { replicationSpecId: objectId(it.createdAt, it.seed + 100) };
  return {
    ...zone,
    cloudProvider: it.regions[0].provider,
    frequencies: copiedFrequencies.map((frequency) => frequency.toUpperCase()),
    regionName,
    shouldCopyOplogs: false,
  };
}
