import { cloudSnapshot } from './decode/cloud-snapshot.ts';
import { dedicatedCluster, flexCluster, project } from './decode/cluster.ts';
import type { Decoder } from './decode/decoding.ts';
import { flexSnapshot } from './decode/flex-snapshot.ts';
import { legacySnapshot } from './decode/legacy-snapshot.ts';
import { schedule } from './decode/schedule.ts';
import { detailed } from './decode/snapshot-details.ts';
import { tokenEndpoint } from './transport/oauth.ts';

export type Api = 'v2' | 'v1.0';

/** The documented limit of each endpoint set, for each project or caller: calls, and calls a minute. */
const usual = { capacity: 1200, refillPerMinute: 500 };
export const endpointSets = {
  'Cloud Backups': usual,
  'Legacy Backup': usual,
  'Flex Snapshots': usual,
  'Flex Clusters': usual,
  Clusters: { capacity: 10_000, refillPerMinute: 5_000 },
  Projects: usual,
} as const;
type EndpointSet = keyof typeof endpointSets;

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
  readonly set: EndpointSet;
  readonly decode: Decoder<T>;
  /** Query parameters but those of pages, as they are sent. */
  readonly query: string;
};

/** The parameters that a path asks for. */
export type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & PathParameters<Rest>
  : unknown;

/** The calls of one endpoint set in one version. */
function calls(set: EndpointSet, version: string) {
  return <T, const P extends string, const F extends Form>(
    name: string,
    form: F,
    path: P,
    decode: Decoder<T>,
    query = '',
  ): Endpoint<T, P, F> => ({
    name,
    path,
    pathParts: path.split(/[{}]/),
    form,
    version,
    set,
    decode,
    query,
  });
}

const projects = calls('Projects', '2023-01-01');
const clusters = calls('Clusters', '2024-08-05');
// API v1.0 knows all but those of flex clusters.
const flexClusters = calls('Flex Clusters', '2024-11-13');
const flexSnapshots = calls('Flex Snapshots', '2024-11-13');
const cloudBackups = calls('Cloud Backups', '2023-01-01');
const schedules = calls('Cloud Backups', '2024-08-05');
const legacyBackup = calls('Legacy Backup', '2023-01-01');

const allFlex = '/groups/{groupId}/flexClusters';
const inCluster = '/groups/{groupId}/clusters/{clusterName}';
const cloud = `${inCluster}/backup/snapshots` as const;
const sharded = `${cloud}/shardedClusters` as const;
// Singular, unlike the list.
const oneSharded = `${cloud}/shardedCluster/{snapshotId}` as const;
const legacy = `${inCluster}/snapshots` as const;
const oneLegacy = `${legacy}/{snapshotId}` as const;
const inFlex = `${allFlex}/{name}` as const;
const flex = `${inFlex}/backup/snapshots` as const;
const oneFlex = `${flex}/{snapshotId}` as const;

/** Every call this program makes. All of them read. */
export const endpoints = {
  projects: projects('projects', 'list', '/groups', project),
  clusters: clusters('clusters', 'list', '/groups/{groupId}/clusters', dedicatedCluster),
  cluster: clusters('cluster', 'one', inCluster, dedicatedCluster),
  flexClusters: flexClusters('flex_clusters', 'list', allFlex, flexCluster),
  flexCluster: flexClusters('flex_cluster', 'one', inFlex, flexCluster),
  snapshots: cloudBackups('snapshots', 'list', cloud, cloudSnapshot),
  snapshot: cloudBackups('snapshot', 'one', `${cloud}/{snapshotId}`, detailed(cloudSnapshot)),
  shardedSnapshots: cloudBackups('sharded_snapshots', 'unpaged', sharded, cloudSnapshot),
  shardedSnapshot: cloudBackups('sharded_snapshot', 'one', oneSharded, detailed(cloudSnapshot)),
  // By default Atlas lists complete ones only.
  legacySnapshots: legacyBackup(
    'legacy_snapshots',
    'list',
    legacy,
    legacySnapshot,
    'completed=all',
  ),
  legacySnapshot: legacyBackup('legacy_snapshot', 'one', oneLegacy, detailed(legacySnapshot)),
  flexSnapshots: flexSnapshots('flex_snapshots', 'list', flex, flexSnapshot),
  flexSnapshot: flexSnapshots('flex_snapshot', 'one', oneFlex, detailed(flexSnapshot)),
  schedule: schedules('schedule', 'one', `${inCluster}/backup/schedule`, schedule),
};

/** All values of the label `endpoint`, the token request included. */
export const endpointNames: readonly string[] = [
  ...Object.values(endpoints).map(({ name }) => name),
  tokenEndpoint,
];
