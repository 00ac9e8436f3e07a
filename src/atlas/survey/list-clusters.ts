import type { Cluster } from '../../domain/cluster.ts';
import type { Findings } from '../decode/decoding.ts';
import { endpoints } from '../endpoints.ts';
import type { Listing } from '../listing.ts';
import { AtlasError } from '../transport/failure.ts';
import type { SurveyedAccount, SurveyRequest } from './account.ts';

/**
 * The last listings of one project's clusters, by endpoint. While Atlas repeats one byte for byte,
 * which is nearly always, it need not be read again.
 */
export type LastListings = Map<string, Listing<Cluster>>;

/** The clusters of a project, dedicated and flex ones, each once. @throws AtlasError */
export async function listBothKinds(
  { client, api }: SurveyedAccount,
  groupId: string,
  request: SurveyRequest,
  last: LastListings,
): Promise<{ readonly clusters: readonly Cluster[]; readonly findings: readonly Findings[] }> {
  const list = async (endpoint: (typeof endpoints)['clusters' | 'flexClusters']) => {
    const known = last.get(endpoint.name);
    const listed = await client.listUnless(endpoint, { groupId }, request, known?.fingerprint);
    // Unchanged it is only when one is known.
    if (listed.kind === 'unchanged') return known ?? client.list(endpoint, { groupId }, request);
    last.set(endpoint.name, listed);
    return listed;
  };
  const listings = [await list(endpoints.clusters)];
  if (api === 'v2') listings.push(await list(endpoints.flexClusters));
  const items = listings.flatMap((listing) => listing.items);
  return {
    clusters: coherent(groupId, items),
    findings: listings.map(({ findings }) => findings),
  };
}

/**
 * The clusters of one project, each once. Of two with one name only one could be shown, and one of
 * another project would be shown there: such a listing says nothing that can be relied on.
 * @throws AtlasError bad_schema
 */
export function coherent(groupId: string, listed: readonly Cluster[]): readonly Cluster[] {
  const byName = new Map<string, Cluster>();
  for (const cluster of listed) {
    if (cluster.projectId !== groupId) throw contradiction('a cluster of another project');
    const { id } = byName.get(cluster.name) ?? cluster;
    if (id !== cluster.id) throw contradiction('two clusters of one name');
    byName.set(cluster.name, cluster);
  }
  return [...byName.values()];
}

function contradiction(code: string): AtlasError {
  return new AtlasError('bad_schema', 'clusters', { status: 200, code });
}
