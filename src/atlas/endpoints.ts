import type { Cluster, Project } from '../domain/cluster.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { cloudSnapshot } from './decode/cloud-snapshot.ts';
import { dedicatedCluster, flexCluster } from './decode/cluster.ts';
import type { Decoder } from './decode/decoding.ts';
import { flexSnapshot } from './decode/flex-snapshot.ts';
import { legacySnapshot } from './decode/legacy-snapshot.ts';
import { project } from './decode/project.ts';
import { schedule } from './decode/schedule.ts';
import { detailed } from './decode/snapshot-details.ts';
import { tokenEndpoint } from './transport/oauth.ts';

export type Api = 'v2' | 'v1.0';

/** The documented limit of each endpoint set, for each project or caller: calls, and calls a minute. */
const limits = {
  'Cloud Backups': { capacity: 1200, refillPerMinute: 500 },
  'Legacy Backup': { capacity: 1200, refillPerMinute: 500 },
  'Flex Snapshots': { capacity: 1200, refillPerMinute: 500 },
  'Flex Clusters': { capacity: 1200, refillPerMinute: 500 },
  Clusters: { capacity: 10_000, refillPerMinute: 5_000 },
  Projects: { capacity: 1200, refillPerMinute: 500 },
} as const;

export const endpointSets: Readonly<
  Record<EndpointSet, { readonly capacity: number; readonly refillPerMinute: number }>
> = limits;
export type EndpointSet = keyof typeof limits;

/** `list`: pages of `results`. `unpaged`: `results` without page parameters. `one`: the item itself. */
type Form = 'list' | 'unpaged' | 'one';

export type Endpoint<T, P extends string = string, F extends Form = Form> = {
  /** The label `endpoint`. */
  readonly name: string;
  /** After the API's prefix, with `{parameters}`. */
  readonly path: P;
  /** The same in parts: text, the name of a parameter, text, and so on. */
  readonly pathParts: readonly string[];
  readonly form: F;
  /** The resource version asked for in API v2. */
  readonly version: string;
  /** Whether the older API v1.0 has it. */
  readonly v1: boolean;
  readonly set: EndpointSet;
  readonly decode: Decoder<T>;
  /** Query parameters but those of pages, as they are sent. */
  readonly query: string;
};

/** The parameters that a path asks for. */
export type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & PathParameters<Rest>
  : unknown;

const cluster = '/groups/{groupId}/clusters/{clusterName}';
const flex = '/groups/{groupId}/flexClusters/{name}';

function endpoint<T, const P extends string, const F extends Form>(
  name: string,
  path: P,
  form: F,
  [set, version, v1]: readonly [EndpointSet, string, 'v1.0' | 'v2 only'],
  decode: Decoder<T>,
  query = '',
): Endpoint<T, P, F> {
  const pathParts = path.split(/[{}]/);
  return { name, path, pathParts, form, version, v1: v1 === 'v1.0', set, decode, query };
}

const cloudBackups = ['Cloud Backups', '2023-01-01', 'v1.0'] as const;
const legacyBackup = ['Legacy Backup', '2023-01-01', 'v1.0'] as const;
const flexSnapshots = ['Flex Snapshots', '2024-11-13', 'v2 only'] as const;
const clusters = ['Clusters', '2024-08-05', 'v1.0'] as const;

/** Every call this program makes. All of them read. */
export const endpoints = {
  projects: endpoint<Project, '/groups', 'list'>(
    'projects',
    '/groups',
    'list',
    ['Projects', '2023-01-01', 'v1.0'],
    project,
  ),
  clusters: endpoint('clusters', '/groups/{groupId}/clusters', 'list', clusters, dedicatedCluster),
  cluster: endpoint('cluster', cluster, 'one', clusters, dedicatedCluster),
  flexClusters: endpoint(
    'flex_clusters',
    '/groups/{groupId}/flexClusters',
    'list',
    ['Flex Clusters', '2024-11-13', 'v2 only'],
    flexCluster,
  ),
  flexCluster: endpoint(
    'flex_cluster',
    flex,
    'one',
    ['Flex Clusters', '2024-11-13', 'v2 only'],
    flexCluster,
  ),
  snapshots: endpoint(
    'snapshots',
    `${cluster}/backup/snapshots`,
    'list',
    cloudBackups,
    cloudSnapshot,
  ),
  snapshot: endpoint(
    'snapshot',
    `${cluster}/backup/snapshots/{snapshotId}`,
    'one',
    cloudBackups,
    detailed(cloudSnapshot),
  ),
  shardedSnapshots: endpoint(
    'sharded_snapshots',
    `${cluster}/backup/snapshots/shardedClusters`,
    'unpaged',
    cloudBackups,
    cloudSnapshot,
  ),
  shardedSnapshot: endpoint(
    'sharded_snapshot',
    // Singular, unlike the list.
    `${cluster}/backup/snapshots/shardedCluster/{snapshotId}`,
    'one',
    cloudBackups,
    detailed(cloudSnapshot),
  ),
  legacySnapshots: endpoint(
    'legacy_snapshots',
    `${cluster}/snapshots`,
    'list',
    legacyBackup,
    legacySnapshot,
    // By default Atlas lists complete ones only.
    'completed=all',
  ),
  legacySnapshot: endpoint(
    'legacy_snapshot',
    `${cluster}/snapshots/{snapshotId}`,
    'one',
    legacyBackup,
    detailed(legacySnapshot),
  ),
  flexSnapshots: endpoint(
    'flex_snapshots',
    `${flex}/backup/snapshots`,
    'list',
    flexSnapshots,
    flexSnapshot,
  ),
  flexSnapshot: endpoint(
    'flex_snapshot',
    `${flex}/backup/snapshots/{snapshotId}`,
    'one',
    flexSnapshots,
    detailed(flexSnapshot),
  ),
  schedule: endpoint(
    'schedule',
    `${cluster}/backup/schedule`,
    'one',
    ['Cloud Backups', '2024-08-05', 'v1.0'],
    schedule,
  ),
} satisfies Record<string, Endpoint<Project | Cluster | Snapshot | Schedule>>;

/** All values of the label `endpoint`, the token request included. */
export const endpointNames: readonly string[] = [
  ...Object.values(endpoints).map(({ name }) => name),
  tokenEndpoint,
];
