import type { Cluster } from '../../domain/cluster.ts';
import type { Schedule } from '../../domain/schedule.ts';
import type { AtlasClient } from '../client.ts';
import type { Findings } from '../decode/decoding.ts';
import { endpoints } from '../endpoints.ts';
import { saysNoBackup } from '../listing-kind.ts';
import type { Deadline } from '../transport/deadline.ts';

/** The backup schedule of a cluster; undefined when Atlas has none of it. @throws AtlasError */
export async function readSchedule(
  client: AtlasClient,
  { projectId: groupId, name: clusterName }: Cluster,
  patience: Deadline,
  note?: (findings: Findings) => void,
): Promise<Schedule | undefined> {
  try {
    return await client.one(endpoints.schedule, { groupId, clusterName }, patience, note);
  } catch (error) {
    if (saysNoBackup(error)) return undefined;
    throw error;
  }
}
