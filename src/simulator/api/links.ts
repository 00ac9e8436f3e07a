import type { Cluster } from '../world/world.ts';

/**
 * The recordings' links name another host than the one that was asked. So do these, to catch a
 * client that follows them.
 */
const foreignHost = 'http://localhost:8080';

export type Api = 'v2' | 'v1.0';
export type Link = { readonly href: string; readonly rel: string };

export function hrefOf(api: Api, path: string): string {
  return `${foreignHost}/api/atlas/${api}${path}`;
}

export function selfLink(api: Api, path: string): Link {
  return { href: hrefOf(api, path), rel: 'self' };
}

/** A link to another resource of the same API, by Atlas's name for the relation. */
export function relatedLink(api: Api, path: string, relation: string): Link {
  return { href: hrefOf(api, path), rel: `https://cloud.mongodb.com/${relation}` };
}

/** API v1.0 kept the name of the product's earlier home in this one relation. */
export function clusterLink(api: Api, path: string): Link {
  const home = api === 'v2' ? 'https://cloud.mongodb.com' : 'http://mms.mongodb.com';
  return { href: hrefOf(api, path), rel: `${home}/cluster` };
}

/** The path of a cluster that is not flex. */
export function clusterPath({ projectId, name }: Cluster): string {
  return `/groups/${projectId}/clusters/${name}`;
}
