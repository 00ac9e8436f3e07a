import { z } from 'zod';
import { fleetStatus } from '../../status/fleet-status.ts';
import { fleetParameters, fleetQuery } from '../pages/fleet-query.ts';
import { clusterRecord, clusterRecordOf } from './cluster-record.ts';
import { endpoint } from './endpoint.ts';
import { envelope, envelopeOf } from './values.ts';

export const clustersEndpoint = endpoint({
  path: '/api/v1/clusters',
  about: 'The clusters as the status page lists them: filtered, sorted, a page at a time.',
  parameters: fleetParameters,
  schema: z.object({
    ...envelope,
    matching: z.int().describe('Clusters that match the filter, on all pages.'),
    page: z.int(),
    per_page: z.int(),
    pages: z.int().describe('At least 1. Beyond the last one the list is empty.'),
    clusters: z.array(clusterRecord),
  }),
  answer: (view, { query: given }) => {
    const query = fleetQuery(given);
    if (query === undefined) return 'bad request';
    const { matching, pages, lines } = fleetStatus(view, query);
    return {
      ...envelopeOf(view),
      matching,
      page: query.page,
      per_page: query.perPage,
      pages,
      clusters: lines.map((line) => clusterRecordOf(line, view)),
    };
  },
});
