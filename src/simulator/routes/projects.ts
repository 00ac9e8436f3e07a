import { isoDate } from '../../domain/time.ts';
import { visibleProjects } from '../access/credentials.ts';
import { relatedLink, selfLink } from '../api/links.ts';
import { page } from '../api/paging.ts';
import { rateLimit } from '../api/rate-limits.ts';
import { type ErrorKind, errors, RefusedRequest } from '../api/reply.ts';
import type { Call, Route } from '../api/route.ts';
import { firstVersion } from '../api/versions.ts';
import type { Organisation, Project } from '../world/world.ts';

const versions = firstVersion;

export const projectRoutes: readonly Route[] = [
  { path: '/orgs', versions, limit: rateLimit('organisations', 300, 100), answer: organisations },
  {
    path: '/orgs/:organisationId/groups',
    versions,
    limit: rateLimit('organisation', 500, 250),
    answer: projectsOf,
  },
  { path: '/groups', versions, limit: rateLimit('projects'), answer: projects },
  { path: '/groups/:groupId', versions, limit: rateLimit('project'), answer: oneProject },
];

const noOrganisation: ErrorKind = '404 ORG_NOT_FOUND No organization with ID {0} exists.';
const noOrganisationRole: ErrorKind =
  '401 USER_CANNOT_ACCESS_ORG The caller cannot access organization {0}.';

function organisations(call: Call): object {
  const seen = new Set(visibleProjects(call.caller, call.world).map(({ orgId }) => orgId));
  const visible = call.world.organisations.filter(({ id }) => seen.has(id));
  return named(call, visible, (it) => organisation(call, it));
}

function projectsOf(call: Call): object {
  const { organisationId, world, caller } = call;
  if (!world.organisations.some(({ id }) => id === organisationId)) {
    throw new RefusedRequest(noOrganisation, organisationId);
  }
  const all = visibleProjects(caller, world).filter(({ orgId }) => orgId === organisationId);
  if (all.length === 0 && caller.projects !== undefined) {
    throw new RefusedRequest(noOrganisationRole, organisationId);
  }
  return named(call, all, (it) => project(call, it));
}

function projects(call: Call): object {
  return page(call, visibleProjects(call.caller, call.world), (it) => project(call, it));
}

function oneProject(call: Call): object {
  const it = call.world.projects.find(({ id }) => id === call.groupId);
  if (it === undefined) throw new RefusedRequest(errors.noGroup, call.groupId);
  return project(call, it, relations);
}

/** `name` filters by prefix, whatever the case. */
function named<T extends { readonly name: string }>(
  call: Call,
  items: readonly T[],
  show: (item: T) => object,
): object {
  const name = call.query.get('name') ?? '';
  const prefix = name.toLowerCase();
  const kept = items.filter((item) => item.name.toLowerCase().startsWith(prefix));
  return page(call, kept, show, { name });
}

const relations = ['containers', 'clusters', 'databaseUsers', 'peers', 'processes', 'whitelist'];

/** Only the answer about one project links to its parts; a listing has the self link alone. */
function project({ api, world }: Call, it: Project, parts: readonly string[] = []): object {
  const path = `/groups/${it.id}`;
  return {
    clusterCount: world.clusters(it.id).length,
    created: isoDate(it.createdAt),
    id: it.id,
    links: [selfLink(api, path), ...parts.map((name) => relatedLink(api, `${path}/${name}`, name))],
    name: it.name,
    orgId: it.orgId,
    tags: [],
    withDefaultAlertsSettings: true,
  };
}

function organisation({ api }: Call, it: Organisation): object {
  return {
    id: it.id,
    isDeleted: false,
    links: [selfLink(api, `/orgs/${it.id}`)],
    name: it.name,
    skipDefaultAlertsSettings: false,
  };
}
