import type { Call } from '../api/call.ts';
import type { Api } from '../api/links.ts';
import type { EndpointSet } from '../api/rate-limits.ts';
import type { Reply } from '../api/reply.ts';
import {
  clusterVersions,
  first,
  flexVersions,
  scheduleVersions,
  type Versions,
} from '../api/versions.ts';
import * as answers from './answers.ts';

type PathNames = Pick<Call, 'organisationId' | 'groupId' | 'clusterName' | 'snapshotId'>;

type Route = {
  readonly segments: readonly string[];
  readonly versions: Versions;
  readonly limits: EndpointSet;
  /** API v1.0 knows nothing of flex. */
  readonly onlyV2: boolean;
  readonly answer: (call: Call) => Reply;
};

function route(
  path: string,
  versions: Versions,
  limits: EndpointSet,
  answer: (call: Call) => Reply,
): Route {
  const segments = path.split('/').filter((segment) => segment !== '');
  return { segments, versions, limits, onlyV2: versions === flexVersions, answer };
}

const cluster = '/groups/:groupId/clusters/:clusterName';
const flex = '/groups/:groupId/flexClusters/:clusterName';

const routes: readonly Route[] = [
  route('/', first, 'root', answers.root),
  route('/orgs', first, 'organisations', answers.organisations),
  route('/orgs/:organisationId/groups', first, 'organisation', answers.projectsOf),
  route('/groups', first, 'projects', answers.projects),
  route('/groups/:groupId', first, 'project', answers.project),
  route('/groups/:groupId/clusters', clusterVersions, 'clusters', answers.clusters),
  route(cluster, clusterVersions, 'clusters', answers.oneCluster),
  route('/groups/:groupId/flexClusters', flexVersions, 'flexClusters', answers.flexClusters),
  route(flex, flexVersions, 'flexClusters', answers.oneFlexCluster),
  route(`${flex}/backup/snapshots`, flexVersions, 'flexSnapshots', answers.flexSnapshots),
  route(
    `${flex}/backup/snapshots/:snapshotId`,
    flexVersions,
    'flexSnapshots',
    answers.oneFlexSnapshot,
  ),
  route(`${cluster}/backup/schedule`, scheduleVersions, 'cloudBackups', answers.schedule),
  route(`${cluster}/backup/snapshots`, first, 'cloudBackups', answers.snapshots),
  // Before the route with an id, which it would be taken for.
  route(
    `${cluster}/backup/snapshots/shardedClusters`,
    first,
    'cloudBackups',
    answers.shardedSnapshots,
  ),
  route(`${cluster}/backup/snapshots/:snapshotId`, first, 'cloudBackups', answers.oneSnapshot),
  route(
    `${cluster}/backup/snapshots/shardedCluster/:snapshotId`,
    first,
    'cloudBackups',
    answers.oneShardedSnapshot,
  ),
  route(`${cluster}/snapshots`, first, 'legacyBackup', answers.legacySnapshots),
  route(`${cluster}/snapshots/:snapshotId`, first, 'legacyBackup', answers.oneLegacySnapshot),
];

export type Matched = { readonly route: Route; readonly names: PathNames };

const noNames: PathNames = { organisationId: '', groupId: '', clusterName: '', snapshotId: '' };

export function matchRoute(api: Api, path: string): Matched | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  for (const candidate of routes) {
    if (candidate.onlyV2 && api !== 'v2') continue;
    const names = namesIn(candidate.segments, segments);
    if (names !== undefined) return { route: candidate, names: { ...noNames, ...names } };
  }
  return undefined;
}

function namesIn(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const names: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (expected.startsWith(':')) names[expected.slice(1)] = decoded(segment);
    else if (segment !== expected) return undefined;
  }
  return names;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
