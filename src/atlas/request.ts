import { type Api, type Endpoint, endpointSets } from './endpoints.ts';
import { AtlasError } from './transport/failure.ts';
import type { AtlasRequest } from './transport/message.ts';

const maxPageBytes = 16 * 2 ** 20;
const maxUnpagedBytes = 64 * 2 ** 20;

/**
 * The request for one answer of an endpoint. `query` as it is sent, without its question mark.
 * @throws AtlasError bad_schema for a name that no path can hold
 */
export function requestTo(
  api: Api,
  endpoint: Endpoint<unknown>,
  parameters: unknown,
  query: string,
): Omit<AtlasRequest, 'deadlineMs' | 'retryClass'> {
  const values = new Map(Object.entries(parameters ?? {}));
  let path = '';
  // Text and names of parameters take turns.
  for (const [n, part] of endpoint.pathParts.entries()) {
    path += n % 2 === 0 ? part : segment(endpoint.name, String(values.get(part) ?? ''));
  }
  const scope = values.get('groupId') ?? 'caller';
  return {
    endpoint: endpoint.name,
    method: 'GET',
    target: `/api/atlas/${api}${path}${query && `?${query}`}`,
    headers: {
      accept: api === 'v2' ? `application/vnd.atlas.${endpoint.version}+json` : 'application/json',
      // Nothing to unpack, so nothing that unpacks without end.
      'accept-encoding': 'identity',
      'user-agent': 'mongodbatlas-backup-exporter',
    },
    body: undefined,
    bucket: { key: `${endpoint.set} ${scope}`, ...endpointSets[endpoint.set] },
    maxBytes: endpoint.form === 'unpaged' ? maxUnpagedBytes : maxPageBytes,
  };
}

/** A name as one segment of a path. No name that leads to another path is asked for. */
function segment(endpoint: string, name: string): string {
  if (['', '.', '..'].includes(name) || !name.isWellFormed()) {
    throw new AtlasError('bad_schema', endpoint, { code: 'a name that no path can hold' });
  }
  return encodeURIComponent(name);
}
