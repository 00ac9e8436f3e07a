import { clusterEndpoint } from './cluster.ts';
import { clustersEndpoint } from './clusters.ts';
import type { ApiPath, Endpoint } from './endpoint.ts';
import { statusEndpoint } from './status.ts';

/** What answers JSON: routes, reference and tests are made from this table. */
export const endpoints: Readonly<Record<ApiPath, Endpoint>> = {
  '/api/v1/status': statusEndpoint,
  '/api/v1/clusters': clustersEndpoint,
  '/api/v1/clusters/:project/:cluster': clusterEndpoint,
};
