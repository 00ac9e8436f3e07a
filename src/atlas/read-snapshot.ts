import type { Cluster } from '../domain/cluster.ts';
import type { DetailedSnapshot } from '../domain/snapshot-details.ts';
import { endpoints } from './endpoints.ts';
import { listingKindOf, mayHaveLegacy, saysNoBackup } from './listing-kind.ts';
import type { SurveyedAccount } from './survey/account.ts';
import { AtlasError } from './transport/failure.ts';
import type { Deadline } from './transport/message.ts';

/**
 * One snapshot of a cluster by its id. A legacy one is looked for where the other listing of the
 * cluster does not know the id. @throws AtlasError
 */
export async function readSnapshot(
  { client, legacy }: Pick<SurveyedAccount, 'client' | 'legacy'>,
  cluster: Cluster,
  snapshotId: string,
  deadline: Deadline,
): Promise<DetailedSnapshot> {
  const { projectId: groupId, name } = cluster;
  const at = { groupId, clusterName: name, snapshotId };
  const kind = listingKindOf(cluster);
  if (kind === 'flex') {
    return client.one(endpoints.flexSnapshot, { groupId, name, snapshotId }, deadline);
  }
  const endpoint = kind === 'sharded' ? endpoints.shardedSnapshot : endpoints.snapshot;
  try {
    return await client.one(endpoint, at, deadline);
  } catch (error) {
    const unknown = error instanceof AtlasError && (error.status === 404 || saysNoBackup(error));
    if (!unknown || !mayHaveLegacy(cluster, legacy)) throw error;
    return client.one(endpoints.legacySnapshot, at, deadline);
  }
}
