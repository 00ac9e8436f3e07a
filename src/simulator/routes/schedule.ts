import { isoDate, type UnixSeconds } from '../../domain/time.ts';
import { type Api, selfLink } from '../api/links.ts';
import type { Backups } from '../world/backups.ts';
import { nextFiring } from '../world/firing.ts';
import type { FrequencyType, PolicyItem } from '../world/policy.ts';
import { objectId } from '../world/random.ts';
import type { Cluster } from '../world/world.ts';

/** What a schedule with copies copies to its other regions. */
export const copiedFrequencies: readonly FrequencyType[] = ['daily', 'weekly'];

/** The backup schedule. What the zone of a copy is called changed with version 2024-08-05. */
export function schedule(
  api: Api,
  version: string,
  cluster: Cluster,
  backups: Backups,
  now: UnixSeconds,
): object {
  const { policy } = backups;
  const next = announcedRun(backups, now);
  const path = `/groups/${cluster.projectId}/clusters/${cluster.name}/backup/schedule`;
  return {
    autoExportEnabled: false,
    clusterId: cluster.id,
    clusterName: cluster.name,
    copyPolicyItemsEnabled: false,
    copySettings: cluster.copyRegions.map((regionName) =>
      copySetting(cluster, regionName, version),
    ),
    links: [
      selfLink(api, path),
      {
        href: `http://localhost:8080/api/public/v1.0/groups/${cluster.projectId}`,
        rel: 'https://cloud.mongodb.com/group',
      },
    ],
    nextSnapshot: next === undefined ? undefined : isoDate(next),
    policies: [{ id: policy.id, policyItems: policy.items.map(shown) }],
    referenceHourOfDay: policy.referenceHour,
    referenceMinuteOfHour: policy.referenceMinute,
    // Recorded only on clusters with continuous backup.
    restoreWindowDays: cluster.pitEnabled ? 7 : undefined,
    useOrgAndGroupNamesInExportPrefix: false,
  };
}

function announcedRun({ policy, active, announces }: Backups, now: UnixSeconds) {
  return nextFiring(policy, announces === 'next' ? now : Math.min(now, active.until - 1));
}

function shown(item: PolicyItem): object {
  const { frequencyInterval, frequencyType, id, retentionUnit, retentionValue } = item;
  return { frequencyInterval, frequencyType, id, retentionUnit, retentionValue };
}

function copySetting(cluster: Cluster, regionName: string, version: string): object {
  const newest = version === '2024-08-05';
  const zone = objectId(cluster.createdAt, cluster.seed + 200);
  return {
    cloudProvider: cluster.regions[0].provider,
    frequencies: copiedFrequencies.map((frequency) => frequency.toUpperCase()),
    regionName,
    replicationSpecId: newest ? undefined : objectId(cluster.createdAt, cluster.seed + 100),
    shouldCopyOplogs: false,
    zoneId: newest ? zone : undefined,
  };
}
