import { describe, expect, test } from 'vitest';
import { nextFiring } from '../../../src/simulator/world/firing.ts';
import { answerOf, authorization, get, newest, plainGet, simulated, start } from '../client.ts';
import { G, groupId, orgId, world } from '../project.ts';

const names = (json: { results: { name: string }[] }) => json.results.map(({ name }) => name);

describe('discovery', () => {
  test('lists organisations, their projects, and projects with their clusters counted', async () => {
    const simulator = await simulated(world());
    expect(names((await get(simulator, '/orgs')).json)).toEqual(['Org']);
    expect(names((await get(simulator, '/orgs?name=oR')).json)).toEqual(['Org']);
    expect(names((await get(simulator, '/orgs?name=x')).json)).toEqual([]);
    expect(names((await get(simulator, `/orgs/${orgId}/groups`)).json)).toEqual(['project']);
    const [listed] = (await get(simulator, '/groups')).json.results;
    expect([listed.clusterCount, listed.links.length]).toEqual([11, 1]);
    expect((await get(simulator, G)).json.links).toHaveLength(7);
    expect((await get(simulator, '/api/atlas/v2')).json.apiKey.publicKey).toBe('simulator');
  });

  test('keeps flex clusters and others apart', async () => {
    const simulator = await simulated(world());
    const clusters = names((await get(simulator, `${G}/clusters`)).json);
    expect(clusters).toEqual([
      'rs',
      'shards',
      'globe',
      'tiny',
      'off',
      'old',
      'clouds',
      'locked',
      'young',
      'was-on',
    ]);
    expect(names((await get(simulator, `${G}/flexClusters`)).json)).toEqual(['flexible']);
    const flex = await get(simulator, `${G}/clusters/flexible`);
    expect([flex.status, flex.json.errorCode]).toEqual([
      400,
      'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API',
    ]);
    const dedicated = await get(simulator, `${G}/flexClusters/rs/backup/snapshots`);
    expect(dedicated.json.errorCode).toBe('CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API');
    expect(dedicated.headers.get('x-error-code')).toBe('CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API');
  });

  test('describes one shard a specification now, and counted them before', async () => {
    const simulator = await simulated(world());
    const now = (await get(simulator, `${G}/clusters/shards`)).json;
    expect(now.clusterType).toBe('SHARDED');
    expect(now.replicationSpecs).toHaveLength(3);
    const accept = 'application/vnd.atlas.2023-02-01+json';
    const before = (await get(simulator, `${G}/clusters/shards`, { accept })).json;
    expect(before.replicationSpecs.map((it: { numShards: number }) => it.numShards)).toEqual([3]);
    const globe = (await get(simulator, `${G}/clusters/globe`, { accept })).json;
    expect(globe).toMatchObject({ clusterType: 'GEOSHARDED', replicationSpecs: [{}, {}] });
  });

  test('cannot connect to a cluster that is being made', async () => {
    const simulator = await simulated(world());
    const { stateName, connectionStrings } = (await get(simulator, `${G}/clusters/young`)).json;
    expect({ stateName, connectionStrings }).toEqual({
      stateName: 'CREATING',
      connectionStrings: {},
    });
  });

  test('tells legacy and cloud backup apart in v1.0 only', async () => {
    const simulator = await simulated(world());
    const backups = async (path: string) => {
      const { backupEnabled, providerBackupEnabled } = (await get(simulator, path)).json;
      return { backupEnabled, providerBackupEnabled };
    };
    const v1 = `/api/atlas/v1.0${G}/clusters`;
    const none = { providerBackupEnabled: undefined };
    expect(await backups(`${v1}/old`)).toEqual({
      backupEnabled: true,
      providerBackupEnabled: false,
    });
    expect(await backups(`${v1}/rs`)).toEqual({
      backupEnabled: false,
      providerBackupEnabled: true,
    });
    expect(await backups(`${G}/clusters/old`)).toEqual({ backupEnabled: true, ...none });
    expect(await backups(`${G}/clusters/rs`)).toEqual({ backupEnabled: true, ...none });
    expect(await backups(`${G}/clusters/off`)).toEqual({ backupEnabled: false, ...none });
  });
});

describe('snapshots', () => {
  test('of a replica set are listed newest first and found by their id', async () => {
    const simulator = await simulated(world());
    const { json } = await get(simulator, `${G}/clusters/rs/backup/snapshots?itemsPerPage=500`);
    const times = json.results.map(({ createdAt }: { createdAt: string }) => createdAt);
    expect(times.length).toBeGreaterThan(10);
    expect(times).toEqual(times.toSorted().toReversed());
    const [first] = json.results;
    const one = await get(simulator, `${G}/clusters/rs/backup/snapshots/${first.id}`);
    expect(one.json).toEqual(first);
  });

  test('of a sharded cluster come without pages, one member a shard', async () => {
    const simulator = await simulated(world());
    const path = `${G}/clusters/shards/backup/snapshots`;
    const { json } = await get(simulator, `${path}/shardedClusters?itemsPerPage=1`);
    expect(json.results).toHaveLength(json.totalCount);
    const [first] = json.results;
    expect(first).toMatchObject({ type: 'shardedCluster', members: [{}, {}, {}] });
    expect(first.snapshotIds).toEqual(first.members.map(({ id }: { id: string }) => id));
    expect(Object.keys(first)).not.toContain('replicaSetName');
    const one = await get(simulator, `${path}/shardedCluster/${first.id}`);
    expect(one.json).toEqual(first);
  });

  test('asked through the path of the other topology are refused with the right path', async () => {
    const simulator = await simulated(world());
    const sharded = await get(simulator, `${G}/clusters/shards/backup/snapshots`);
    expect([sharded.status, sharded.json.errorCode]).toEqual([
      400,
      'INCORRECT_BACKUP_API_ENDPOINT',
    ]);
    expect(sharded.json.detail).toContain('backup/snapshots/shardedClusters');
    const plain = await get(simulator, `${G}/clusters/rs/backup/snapshots/shardedClusters`);
    expect([plain.status, plain.json.errorCode]).toEqual([400, 'INCORRECT_BACKUP_API_ENDPOINT']);
  });

  test('of flex are listed oldest first, expire eight days after their time and have no size', async () => {
    const simulator = await simulated(world());
    const { json } = await get(simulator, `${G}/flexClusters/flexible/backup/snapshots`);
    for (const it of json.results) {
      expect(Date.parse(it.expiration) - Date.parse(it.scheduledTime)).toBe(8 * 86_400_000);
      expect(Object.keys(it)).not.toContain('storageSizeBytes');
    }
    const times = json.results.map((it: { scheduledTime: string }) => it.scheduledTime);
    expect(times).toEqual(times.toSorted());
    const path = `${G}/flexClusters/flexible/backup/snapshots/${json.results[0].id}`;
    expect((await get(simulator, path)).json).toEqual(json.results[0]);
  });

  test('of legacy backups hide the incomplete ones unless asked, and v1.0 says less', async () => {
    const cell = world();
    const old = cell.cluster(groupId, 'old');
    if (old?.legacy === undefined) throw new Error('no legacy backups');
    // A minute after a firing, when its snapshot cannot have ended.
    const now = (nextFiring(old.legacy.policy, start) ?? 0) + 60;
    const simulator = await simulated(cell, { clock: () => now });
    const count = async (completed: string) =>
      (await get(simulator, `${G}/clusters/old/snapshots?completed=${completed}`)).json.totalCount;
    expect(await count('false')).toBe(1);
    expect(await count('all')).toBe((await count('true')) + 1);
    const path = `${G}/clusters/old/snapshots`;
    const [v2] = (await get(simulator, path)).json.results;
    expect(v2).toMatchObject({ complete: true, incremental: true, doNotDelete: false });
    expect(v2.created.date).toMatch(/Z$/);
    expect(v2.parts).toHaveLength(1);
    const [v1] = (await get(simulator, `/api/atlas/v1.0${path}`)).json.results;
    expect([v1.id, v1.incremental, v1.parts[0].completedTime]).toEqual([
      v2.id,
      undefined,
      undefined,
    ]);
    expect((await get(simulator, `${path}?completed=maybe`)).status).toBe(400);
  });

  test('name the key, the provider of each member and the parent in the words of their API', async () => {
    const simulator = await simulated(world());
    const path = `${G}/clusters/locked/backup/snapshots?itemsPerPage=1`;
    const [locked] = (await get(simulator, path)).json.results;
    expect(locked.masterKeyUUID).toMatch(/^[0-9a-f]{8}-/);
    const rel = async (prefix: string) =>
      (await get(simulator, prefix + path)).json.results[0].links.at(-1).rel;
    expect(await rel('/api/atlas/v2')).toBe('https://cloud.mongodb.com/cluster');
    expect(await rel('/api/atlas/v1.0')).toBe('http://mms.mongodb.com/cluster');
  });
});

describe('the schedule', () => {
  test('announces the next snapshot and keeps the restore window to continuous backup', async () => {
    const simulator = await simulated(world());
    const { json } = await get(simulator, `${G}/clusters/rs/backup/schedule`);
    expect(Date.parse(json.nextSnapshot) / 1000).toBeGreaterThan(start);
    expect(json.restoreWindowDays).toBe(7);
    const clouds = await get(simulator, `${G}/clusters/clouds/backup/schedule`);
    expect(Object.keys(clouds.json)).not.toContain('restoreWindowDays');
  });

  test('is not found where backup is off', async () => {
    const simulator = await simulated(world());
    for (const name of ['off', 'was-on', 'tiny', 'old']) {
      const { status, json } = await get(simulator, `${G}/clusters/${name}/backup/schedule`);
      expect([status, json.errorCode]).toEqual([404, 'BACKUP_CONFIG_NOT_FOUND']);
    }
  });
});

describe('what is not there', () => {
  test.each([
    ['/groups/111111111111111111111111', 'GROUP_NOT_FOUND'],
    ['/groups/nonsense/clusters', 'INVALID_GROUP_ID'],
    [`/orgs/${groupId}/groups`, 'ORG_NOT_FOUND'],
    [`${G}/clusters/nobody`, 'CLUSTER_NOT_FOUND'],
    [`${G}/clusters/%zz`, 'CLUSTER_NOT_FOUND'],
    [`${G}/flexClusters/nobody`, 'CLUSTER_NOT_FOUND'],
    [`${G}/clusters/rs/backup/snapshots/${groupId}`, 'SNAPSHOT_NOT_FOUND'],
    [`${G}/flexClusters/flexible/backup/snapshots/${groupId}`, 'SNAPSHOT_NOT_FOUND'],
    [`${G}/clusters/old/snapshots/${groupId}`, 'SNAPSHOT_NOT_FOUND'],
    [`${G}/nonsense`, 'RESOURCE_NOT_FOUND'],
    ['/api/atlas/v3/groups', 'RESOURCE_NOT_FOUND'],
    [`/api/atlas/v1.0${G}/flexClusters`, 'RESOURCE_NOT_FOUND'],
  ])('%s answers 404 %s', async (path, errorCode) => {
    const simulator = await simulated(world());
    const { status, json, headers } = await get(simulator, path);
    expect([status, json.errorCode]).toEqual([404, errorCode]);
    expect(headers.get('content-type')).toBe('application/json');
    expect(Object.keys(json)).toEqual(['detail', 'error', 'errorCode', 'parameters', 'reason']);
  });

  test('a method other than GET answers 405 with an empty body', async () => {
    const { url } = await simulated(world());
    const target = '/api/atlas/v2/groups';
    const challenge = (await plainGet(url + target)).headers.get('www-authenticate') ?? '';
    const headers = {
      accept: newest,
      authorization: authorization(challenge, target, undefined, 1, 'DELETE'),
    };
    const answer = await answerOf(await fetch(url + target, { method: 'DELETE', headers }));
    expect([answer.status, answer.text]).toEqual([405, '']);
  });
});
