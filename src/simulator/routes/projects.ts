import { isoDate } from '../../domain/time.ts';
import { type Api, relatedLink, selfLink } from '../api/links.ts';
import type { Organisation, Project, World } from '../world/world.ts';

const relations = ['containers', 'clusters', 'databaseUsers', 'peers', 'processes', 'whitelist'];

/** Only the answer about one project links to its parts; a listing has the self link alone. */
export function project(api: Api, world: World, it: Project, alone: boolean): object {
  const path = `/groups/${it.id}`;
  const parts = relations.map((name) => relatedLink(api, `${path}/${name}`, name));
  return {
    clusterCount: world.clusters(it.id).length,
    created: isoDate(it.createdAt),
    id: it.id,
    links: [selfLink(api, path), ...(alone ? parts : [])],
    name: it.name,
    orgId: it.orgId,
    tags: [],
    withDefaultAlertsSettings: true,
  };
}

export function organisation(api: Api, it: Organisation): object {
  return {
    id: it.id,
    isDeleted: false,
    links: [selfLink(api, `/orgs/${it.id}`)],
    name: it.name,
    skipDefaultAlertsSettings: false,
  };
}
