import { expect } from 'vitest';
import { atlasClient } from '../../src/atlas/client.ts';
import { compliancePolicy } from '../../src/atlas/decode/compliance-policy.ts';
import { exportBucket, exportJob } from '../../src/atlas/decode/export.ts';
import { flexRestoreJob, restoreJob } from '../../src/atlas/decode/restore-job.ts';
import type { Api } from '../../src/atlas/endpoints.ts';
import { endpoints } from '../../src/atlas/endpoints.ts';
import { saysNoBackup } from '../../src/atlas/listing-kind.ts';
import { patient } from './reader.ts';
import { plainReading, type Raw } from './recorded.ts';
import {
  accepted,
  ageing,
  all,
  anywhere,
  asOf,
  type Check,
  challenged,
  decoded,
  type Facts,
  failure,
  goesOn,
  lasting,
  length,
  limited,
  list,
  one,
  pointsTo,
  unlimited,
} from './recorded-checks.ts';

const { snapshot, snapshots, flexSnapshot, flexSnapshots, cluster, clusters } = endpoints;
const onDemand = { type: 'on_demand', frequency: 'on_demand' };
const cloud = (status: string) => one(snapshot, plainReading.cloud, { ...onDemand, status });
const absent = (...fields: readonly string[]) => cloudWithout(fields);
const cloudWithout =
  (fields: readonly string[]): Check =>
  ({ body }) => {
    const raw: Raw = JSON.parse(String(body));
    for (const field of ['createdAt', 'cloudProvider', 'mongodVersion']) {
      expect(field in raw, field).toBe(!fields.includes(field));
    }
  };

const kind = (topology: string, instanceSize: string, cloudProvider = 'AWS') => ({
  topology,
  instanceSize,
  cloudProvider,
});
const replicaSet = kind('replica_set', 'M10');
const sharded = kind('sharded', 'M10');
const free = kind('replica_set', 'M0');
const oneCluster = (facts: Facts, api?: Api) => one(cluster, plainReading.cluster, facts, api);
const clusterList = (...facts: readonly Facts[]) => list(clusters, plainReading.cluster, facts);
const restore = (state: string, deliveryType: string) =>
  decoded(restoreJob, plainReading.restore, [{ state, deliveryType }]);
const flexRestore = (...states: readonly string[]) =>
  decoded(
    flexRestoreJob,
    plainReading.flexRestore,
    states.map((state) => ({ state, deliveryType: 'automated' })),
  );
const exported = (state: string) => decoded(exportJob, plainReading.exportJob, [{ state }]);
const compliance = (state: string, facts: Facts = {}) =>
  decoded(compliancePolicy, plainReading.compliance, [{ state, ...facts }]);
const fiveItems: Check = async (response) => {
  const client = atlasClient(
    'v2',
    async () => response,
    () => asOf,
  );
  const { policyItems } = await client.one(endpoints.schedule, anywhere, patient);
  expect(policyItems.map(({ frequency, interval }) => [frequency, interval])).toEqual([
    ['hourly', 6],
    ['daily', 1],
    ['weekly', 6],
    ['monthly', 40],
    ['yearly', 12],
  ]);
};
const schedule = (facts: Facts = {}) => one(endpoints.schedule, plainReading.schedule, facts);
const eight = (...statuses: readonly string[]) =>
  all(
    length(8),
    list(
      flexSnapshots,
      plainReading.flex,
      statuses.map((status) => ({ status })),
    ),
  );
const completed = Array<string>(8).fill('completed');

/** Every recorded reply by its name, with what its index says of it. */
export const checks: Readonly<Record<string, Check>> = {
  'cloud-get-completed': all(cloud('completed'), absent()),
  'cloud-get-inprogress-minimal': all(
    cloud('in_progress'),
    absent('createdAt', 'cloudProvider', 'mongodVersion'),
  ),
  'cloud-get-inprogress-with-createdat': all(cloud('in_progress'), absent()),
  'cloud-get-inprogress-with-provider': all(cloud('in_progress'), absent('createdAt')),
  'cloud-get-inprogress-with-version': all(
    cloud('in_progress'),
    absent('createdAt', 'cloudProvider'),
  ),
  'cloud-get-queued': all(cloud('queued'), absent('createdAt', 'cloudProvider', 'mongodVersion')),
  'cloud-life-1-inprogress': all(
    cloud('in_progress'),
    absent('createdAt', 'cloudProvider', 'mongodVersion'),
  ),
  'cloud-life-2-inprogress': all(cloud('in_progress'), absent('createdAt', 'cloudProvider')),
  'cloud-life-3-inprogress': all(cloud('in_progress'), absent('createdAt')),
  'cloud-life-4-completed': all(cloud('completed'), absent()),
  'cloud-life-5-completed': all(cloud('completed'), absent()),
  'cloud-list-old-headers': all(
    list(snapshots, plainReading.cloud, [{ ...onDemand, status: 'completed' }]),
    unlimited,
  ),
  'cloud-list-one-completed': all(
    length(1),
    list(snapshots, plainReading.cloud, [{ ...onDemand, status: 'completed' }]),
    limited,
  ),
  'cluster-get-2023-02': all(oneCluster(replicaSet), ageing),
  'cluster-get-azure': oneCluster(kind('replica_set', 'M10', 'AZURE')),
  'cluster-get-creating': oneCluster({ ...replicaSet, backupEnabled: true }),
  'cluster-get-deleting': oneCluster(free),
  'cluster-get-m0-tenant': oneCluster({ ...free, backupEnabled: false }),
  'cluster-get-multi-region': oneCluster(kind('replica_set', 'M30')),
  'cluster-get-pit-on-backup-off': oneCluster({
    ...replicaSet,
    backupEnabled: false,
    pitEnabled: true,
  }),
  'cluster-get-repairing': oneCluster(sharded),
  'cluster-get-replicaset-backup-off': oneCluster({ ...replicaSet, backupEnabled: false }),
  'cluster-get-replicaset-backup-on': all(
    oneCluster({ ...replicaSet, backupEnabled: true }),
    lasting,
  ),
  'cluster-get-sharded-idle': oneCluster(sharded),
  'cluster-get-updating': oneCluster(replicaSet),
  'cluster-get-v1.0-m0': all(oneCluster({ ...free, backupEnabled: false }, 'v1.0'), unlimited),
  'clusters-list-2023-02': all(clusterList(replicaSet), ageing),
  'clusters-list-2024-many': all(
    length(5),
    clusterList(replicaSet, replicaSet, sharded, sharded, replicaSet),
  ),
  'clusters-list-2024-mixed': all(length(3), clusterList(replicaSet, sharded, replicaSet)),
  'clusters-list-2024-one': all(length(1), clusterList(sharded)),
  'compliance-active': compliance('active', { restoreWindowDays: 0, policyItems: [] }),
  'compliance-active-copy-protection': compliance('active', { copyProtection: true }),
  'compliance-active-with-policy': compliance('active', {
    policyItems: [expect.objectContaining({ frequency: 'hourly', interval: 1 })],
  }),
  'compliance-enabling': compliance('enabling', { restoreWindowDays: 0 }),
  'compliance-updating': compliance('updating', { restoreWindowDays: 0 }),
  'err-400-flex-in-cluster-api': failure(
    400,
    'server',
    'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API',
    pointsTo('flex'),
  ),
  'err-400-nonflex-restore-list': failure(
    400,
    'server',
    'CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API',
    pointsTo('replica_set'),
  ),
  'err-400-nonflex-snapshot-list': failure(
    400,
    'server',
    'CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API',
    pointsTo('replica_set'),
  ),
  'err-401-bad-credentials': failure(401, 'auth', 'UNEXPECTED_ERROR', challenged),
  'err-401-challenge': all(failure(401, 'auth', '', challenged), unlimited),
  'err-401-empty-body': failure(401, 'auth', '', challenged),
  'err-404-cluster': failure(404, 'not_found', 'CLUSTER_NOT_FOUND'),
  'err-404-cluster-2023-02': failure(404, 'not_found', 'CLUSTER_NOT_FOUND'),
  'err-404-errorcode-null': failure(404, 'not_found'),
  'err-404-flex-cluster': failure(404, 'not_found', 'CLUSTER_NOT_FOUND'),
  'err-404-group': failure(404, 'not_found', 'GROUP_NOT_FOUND'),
  'err-404-resource': failure(404, 'not_found', 'RESOURCE_NOT_FOUND'),
  'err-405-empty': failure(405, 'server'),
  'err-409-conflict': failure(409, 'server', 'GROUP_ALREADY_EXISTS'),
  'err-500-unexpected': failure(500, 'server', 'UNEXPECTED_ERROR'),
  'err-502-html': failure(502, 'server'),
  'export-bucket-get': decoded(exportBucket, plainReading.exportBucket, [{}]),
  'export-buckets-page1-of-many': all(
    length(100),
    goesOn,
    decoded(exportBucket, plainReading.exportBucket, [{}]),
  ),
  'export-get-inprogress': exported('in_progress'),
  'export-get-queued': exported('queued'),
  'export-get-successful': exported('successful'),
  'export-list': exported('successful'),
  'flex-get-completed': one(flexSnapshot, plainReading.flex, { status: 'completed' }),
  'flex-list-eight-completed': eight(...completed),
  'flex-list-with-failed': eight(...completed.with(3, 'failed')),
  'flex-restore-get-completed': flexRestore('finished'),
  'flex-restore-get-pending': flexRestore('queued'),
  'flex-restore-get-running': flexRestore('running'),
  'flex-restores-page1-of-many': all(
    length(100),
    goesOn,
    flexRestore('running', ...Array<string>(99).fill('finished').with(26, 'failed')),
  ),
  'flexcluster-get-creating': one(endpoints.flexCluster, plainReading.flexCluster, {}),
  'flexcluster-get-idle': one(endpoints.flexCluster, plainReading.flexCluster, {}),
  'flexclusters-list': list(endpoints.flexClusters, plainReading.flexCluster, [
    { backupEnabled: true },
  ]),
  'group-get': decoded(endpoints.projects.decode, plainReading.project, [{}]),
  'groups-list': list(endpoints.projects, plainReading.project, [{}]),
  'org-get': accepted,
  'orgs-list': accepted,
  'restore-get-automated-finished': restore('finished', 'automated'),
  'restore-get-automated-unfinished': restore('running', 'automated'),
  'restore-get-download-preparing': restore('running', 'download'),
  'restore-get-download-ready': restore('download_ready', 'download'),
  'restore-list': restore('finished', 'automated'),
  'schedule-404-backup-config': failure(404, 'not_found', 'BACKUP_CONFIG_NOT_FOUND', (error) =>
    expect(saysNoBackup(error)).toBe(true),
  ),
  'schedule-after-delete': schedule({ policyItems: [], nextSnapshotAt: undefined }),
  'schedule-get': all(schedule(), fiveItems, ageing),
  'schedule-get-older': all(schedule(), fiveItems, ageing),
  'serverless-get': accepted,
  'serverless-list': accepted,
};
