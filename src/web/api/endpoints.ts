import { clusterEndpoint } from './cluster.ts';
import { clustersEndpoint } from './clusters.ts';
import type { Endpoint } from './endpoint.ts';
import { statusEndpoint } from './status.ts';

/** Every address that answers JSON: routes, reference and tests are made from this table. */
export const endpoints: readonly Endpoint[] = [statusEndpoint, clustersEndpoint, clusterEndpoint];
