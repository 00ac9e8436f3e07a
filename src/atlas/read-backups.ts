import { type Cluster, canHaveBackups, clusterKey } from '../domain/cluster.ts';
import type { Fleet } from '../domain/fleet.ts';
import { lastKnown } from '../domain/observed.ts';
import type { Reading } from '../domain/report.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Pass, SurveyedAccount } from './account.ts';
import type { Listing } from './client.ts';
import type { Findings } from './decoding.ts';
import { endpoints } from './endpoints.ts';
import { AtlasError } from './failure.ts';
import { familyOf, listFamily, mayHaveLegacy, otherFamily, saysNoBackup } from './family.ts';

export type ReadContext = {
  readonly fleet: Fleet;
  readonly pass: Pass;
  readonly note: (findings: Findings) => void;
  readonly outdated: Set<string>;
  /** This pass has just listed the cluster, so it cannot have been deleted long ago. */
  readonly justListed: boolean;
};

/** All snapshots of a cluster; undefined when the cluster is gone, which its project's next listing settles. */
export async function readBackups(
  account: SurveyedAccount,
  cluster: Cluster,
  context: ReadContext,
): Promise<Reading | undefined> {
  if (!canHaveBackups(cluster)) return { snapshots: [], rejectedIds: [] };
  try {
    const listings = [await listMain(account, cluster, context)];
    if (asksLegacy(account, cluster, context))
      listings.push(await listLegacy(account, cluster, context));
    for (const { findings } of listings) context.note(findings);
    return {
      snapshots: listings.flatMap(({ items }) => items),
      rejectedIds: listings.flatMap(({ findings }) =>
        findings.rejected.flatMap(({ id }) => id ?? []),
      ),
    };
  } catch (error) {
    const gone = error instanceof AtlasError && error.code === 'CLUSTER_NOT_FOUND';
    if (!gone || context.justListed) throw error;
    context.outdated.add(cluster.projectId);
    return undefined;
  }
}

async function listMain(
  { client }: SurveyedAccount,
  cluster: Cluster,
  { pass, outdated }: ReadContext,
): Promise<Listing<Snapshot>> {
  const family = familyOf(cluster);
  try {
    return await listFamily(client, family, cluster, pass);
  } catch (error) {
    if (!cluster.backupEnabled && saysNoBackup(error)) return noSnapshots;
    const other = otherFamily(error, family);
    if (other === undefined) throw error;
    outdated.add(cluster.projectId);
    return listFamily(client, other, cluster, pass);
  }
}

const noSnapshots: Listing<Snapshot> = {
  items: [],
  findings: { asOf: 0, rejected: [], unknown: [] },
};

/** While a cluster has no legacy snapshots, its second listing is asked for at discovery only. */
function asksLegacy(
  account: SurveyedAccount,
  cluster: Cluster,
  { fleet, pass }: ReadContext,
): boolean {
  if (!mayHaveLegacy(cluster, account.legacy)) return false;
  const tracked = fleet.clusters.get(clusterKey(cluster));
  const known = tracked && lastKnown(tracked.backups);
  return (
    pass.discover ||
    known === undefined ||
    known.snapshots.some(({ source }) => source === 'legacy')
  );
}

async function listLegacy(
  { client }: SurveyedAccount,
  { projectId: groupId, name: clusterName }: Cluster,
  { pass }: ReadContext,
): Promise<Listing<Snapshot>> {
  try {
    return await client.list(endpoints.legacySnapshots, { groupId, clusterName }, pass);
  } catch (error) {
    if (saysNoBackup(error)) return noSnapshots;
    throw error;
  }
}
