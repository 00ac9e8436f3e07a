import type { Cluster } from '../../domain/cluster.ts';
import type { Findings } from '../decode/decoding.ts';
import { type Endpoint, endpoints } from '../endpoints.ts';
import type { Listing } from '../listing.ts';
import type { SurveyedAccount, SurveyRequest } from './account.ts';
import { coherent } from './coherent.ts';

/**
 * The last listings of one project's clusters, by endpoint. While Atlas repeats one byte for byte,
 * which is nearly always, it need not be read again.
 */
export type LastListings = Map<string, Listing<Cluster>>;

export type ClusterListings = {
  readonly clusters: readonly Cluster[];
  readonly findings: readonly Findings[];
};

/** The clusters of a project, dedicated and flex ones, each once. @throws AtlasError */
export async function listBothKinds(
  { client, api }: SurveyedAccount,
  groupId: string,
  request: SurveyRequest,
  last: LastListings,
): Promise<ClusterListings> {
  const list = async (
    endpoint: Endpoint<
      Cluster,
      '/groups/{groupId}/clusters' | '/groups/{groupId}/flexClusters',
      'list'
    >,
  ) => {
    const known = last.get(endpoint.name);
    const listed = await client.listUnless(endpoint, { groupId }, request, known?.fingerprint);
    // Unchanged it is only when one is known.
    if (listed.kind === 'unchanged') return known ?? client.list(endpoint, { groupId }, request);
    last.set(endpoint.name, listed);
    return listed;
  };
  const listings = [await list(endpoints.clusters)];
  if (api === 'v2') listings.push(await list(endpoints.flexClusters));
  return {
    clusters: coherent(
      groupId,
      listings.flatMap(({ items }) => items),
    ),
    findings: listings.map(({ findings }) => findings),
  };
}
