import { beforeAll, describe, expect, test } from 'vitest';
import type { UnixSeconds } from '../../../src/domain/time.ts';
import { flexTimelinesAt } from '../../../src/simulator/world/flex-timelines.ts';
import { clusterOf, type ScenarioName } from '../../../src/simulator/world/scenarios.ts';
import { timelinesAt } from '../../../src/simulator/world/snapshot-timelines.ts';
import { type Cluster, World } from '../../../src/simulator/world/world.ts';
import { type Answer, get, plainGet, simulated, start } from '../client.ts';
import { headerDifferences, type Recorded, recordingsIn } from './recorded.ts';
import { differences, shapeOf } from './shape.ts';

const folder = process.env['ATLAS_RECORDED'] ?? '';
if (folder === '') {
  console.info('ATLAS_RECORDED names no folder of recorded replies: their comparison is skipped');
}

const orgId = 'a0123456789abcdef012345a';
const groupId = 'b0123456789abcdef012345b';
const G = `/groups/${groupId}`;

const scenario = (name: string, ...scenarios: ScenarioName[]) =>
  clusterOf(
    {
      seed: 'shapes',
      projectId: groupId,
      name,
      startedAt: start,
      regions: [{ provider: 'AWS', name: 'US_EAST_1' }],
    },
    ...scenarios,
  );

/** All recorded snapshots were asked for by hand, and never failed. */
function asked(cluster: Cluster): Cluster {
  if (cluster.cloud === undefined) throw new Error('no backups');
  const onDemand = [{ at: start, description: 'test-snapshot', retentionDays: 1 }];
  return { ...cluster, cloud: { ...cluster.cloud, onDemand, active: { from: 0, until: 0 } } };
}

const byHand = asked(scenario('by-hand', 'healthy'));
const azure = {
  ...scenario('azure', 'healthy'),
  regions: [{ provider: 'AZURE', name: 'US_EAST_2' }],
} as const;
const clusters = [
  byHand,
  azure,
  scenario('amazon', 'pit'),
  scenario('tiny', 'free'),
  scenario('shards', 'sharded'),
  scenario('new', 'creating'),
  scenario('off', 'neverEnabled'),
  scenario('flexible', 'flexFailed'),
];

async function ask(path: string, now: UnixSeconds = start, accept?: string): Promise<Answer> {
  const world = new World(
    [{ id: orgId, name: 'Org' }],
    [{ id: groupId, name: 'project', orgId, createdAt: start - 1e8 }],
    clusters,
  );
  const simulator = await simulated(world, { clock: () => now });
  return get(simulator, path, accept === undefined ? {} : { accept });
}

describe.skipIf(folder === '')('compared with the recordings', () => {
  let all: readonly Recorded[] = [];
  beforeAll(() => {
    all = recordingsIn(folder);
  });

  function recorded(pattern: RegExp): readonly Recorded[] {
    const found = all.filter(({ file }) => pattern.test(file));
    if (found.length === 0) throw new Error(`no recording is named like ${pattern}`);
    return found;
  }

  /** Same keys of the same types, and the same names of headers. */
  function same(
    ours: readonly Answer[],
    theirs: readonly Recorded[],
    but: readonly string[] = [],
    known = theirs,
  ): void {
    const bodies = (answers: readonly { json: unknown }[]) =>
      shapeOf(answers.map(({ json }) => json));
    const found = differences(bodies(ours), bodies(theirs), bodies(known));
    expect(found.filter((line) => !but.some((it) => line.startsWith(it)))).toEqual([]);
    for (const { headers } of ours) expect(headerDifferences(headers, theirs)).toEqual([]);
  }

  const timeline =
    timelinesAt(byHand, byHand.cloud ?? fail('no backups'), start + 60)[0] ?? fail('no timeline');
  const snapshot = (now: UnixSeconds) =>
    ask(`${G}/clusters/by-hand/backup/snapshots/${timeline.id}`, now);

  test('a queued cloud snapshot has the same keys', async () => {
    const ours = await snapshot(timeline.requestedAt);
    expect(ours.json.status).toBe('queued');
    same([ours], recorded(/^cloud-get-queued/));
  });

  test('a cloud snapshot in progress has the same keys at each step', async () => {
    const steps = [timeline.startedAt, timeline.versionKnownAt, timeline.providerKnownAt];
    const files = [/^cloud-life-1/, /^cloud-life-2/, /^cloud-life-3/];
    for (const [step, file] of files.entries()) {
      const ours = await snapshot(steps[step] ?? 0);
      expect(ours.json.status).toBe('inProgress');
      same([ours], recorded(file));
      same([ours], recorded(/^cloud-(get|life-\d)-inprogress/));
    }
  });

  test('a completed cloud snapshot and its listing have the same keys', async () => {
    const ours = await snapshot(timeline.endedAt);
    expect(ours.json.status).toBe('completed');
    same([ours], recorded(/^cloud-(get|life-\d)-completed/));
    const list = await ask(`${G}/clusters/by-hand/backup/snapshots`, timeline.endedAt);
    same([list], recorded(/^cloud-list/));
    expect(list.json.totalCount).toBe(1);
  });

  test('flex snapshots and flex clusters have the same keys', async () => {
    const path = `${G}/flexClusters/flexible/backup/snapshots`;
    const [oldest] = flexTimelinesAt(clusters.at(-1) ?? byHand, start);
    same([await ask(path)], recorded(/^flex-list-/));
    same([await ask(`${path}/${oldest?.id}`)], recorded(/^flex-get-/));
    same([await ask(`${G}/flexClusters`)], recorded(/^flexclusters-list/));
    same([await ask(`${G}/flexClusters/flexible`)], recorded(/^flexcluster-get-idle/));
  });

  test.each([
    ['amazon', /^cluster-get-(replicaset|multi-region|pit)/],
    ['azure', /^cluster-get-azure/],
    ['new', /^cluster-get-creating/],
    ['tiny', /^cluster-get-m0/],
    ['shards', /^cluster-get-sharded/],
    ['off', /^cluster-get-replicaset/],
  ] as const)('cluster %s has the same keys as version 2024-08-05', async (name, files) => {
    // The version grew over the year of the recordings, so any of them may know a key.
    const known = recorded(/^cluster-get-(?!2023|v1)/);
    // In one recording of dozens.
    const rare = ['$.effectiveIntelligentWorkloadManagementPolicies'];
    same([await ask(`${G}/clusters/${name}`)], recorded(files), rare, known);
  });

  test('a listing of clusters is wrapped alike', async () => {
    const ours = await ask(`${G}/clusters?itemsPerPage=1`);
    const wrapper = (json: object) => shapeOf([{ ...json, results: [] }]);
    for (const { json } of recorded(/^clusters-list-2024/)) {
      expect(differences(wrapper(ours.json), wrapper(json))).toEqual([]);
    }
  });

  test('a cluster has the same keys in version 2023-02-01, and its headers', async () => {
    const accept = 'application/vnd.atlas.2023-02-01+json';
    const ours = await ask(`${G}/clusters/amazon`, start, accept);
    const [idle] = recorded(/^clusters-list-2023-02/);
    if (idle === undefined) throw new Error('no such recording');
    same([ours], [{ ...idle, json: idle.json.results[0] }]);
    expect(ours.headers.get('deprecation')).toBe(idle.headers.get('deprecation'));
    expect(ours.headers.get('sunset')).toBe(idle.headers.get('sunset'));
  });

  test('a free cluster has the same keys in v1.0', async () => {
    const ours = await ask(`/api/atlas/v1.0${G}/clusters/tiny`);
    // The recorder's clusters were to be deleted after its tests.
    same([ours], recorded(/^cluster-get-v1/), ['$.deleteAfterDate']);
  });

  test('projects and organisations have the same keys', async () => {
    same([await ask('/groups')], recorded(/^groups-list/));
    same([await ask(G)], recorded(/^group-get/));
    same([await ask('/orgs')], recorded(/^orgs-list/));
  });

  test('the schedule has the same keys', async () => {
    const accept = 'application/vnd.atlas.2023-01-01+json';
    const path = `${G}/clusters/amazon/backup/schedule`;
    same([await ask(path, start, accept)], recorded(/^schedule-get/), ['$.copyPolicyItemsEnabled']);
  });

  test.each([
    [`${G}/clusters/flexible`, /^err-400-flex-in/],
    [`${G}/flexClusters/tiny/backup/snapshots`, /^err-400-nonflex-snapshot/],
    ['/groups/111111111111111111111111', /^err-404-group/],
    [`${G}/clusters/nobody`, /^err-404-cluster\.http/],
    [`${G}/flexClusters/nobody`, /^err-404-flex/],
    [`${G}/clusters/off/backup/schedule`, /^schedule-404/],
    [`${G}/nonsense`, /^err-404-resource/],
  ])('%s is refused in the same words', async (path, files) => {
    const ours = await ask(path);
    same([ours], recorded(files));
    const [theirs] = recorded(files);
    expect([ours.status, ours.json.errorCode]).toEqual([theirs?.status, theirs?.json.errorCode]);
    const words = (it: { detail: string; parameters: string[] }) =>
      it.parameters.reduce((text, parameter) => text.replaceAll(parameter, '…'), it.detail);
    expect(words(ours.json)).toBe(words(theirs?.json));
  });

  test('a challenge is the same but for the nonce, with its body and its headers', async () => {
    const simulator = await simulated(new World([], [], []));
    const ours = await plainGet(`${simulator.url}/api/atlas/v2/groups`);
    const [theirs] = recorded(/^err-401-challenge/);
    const anonymous = (header = '') => header.replace(/nonce="[^"]{32}"/, 'nonce=""');
    expect(anonymous(ours.headers.get('www-authenticate') ?? '')).toBe(
      anonymous(theirs?.headers.get('www-authenticate')),
    );
    expect(ours.headers.get('content-length')).toBe(theirs?.headers.get('content-length'));
    same([ours], recorded(/^err-401-challenge/));
    const wrong = await get(simulator, '/groups', {}, { user: 'nobody', password: '' });
    same([wrong], recorded(/^err-401-bad/));
    expect(wrong.headers.get('content-length')).toBe('142');
  });
});

function fail(reason: string): never {
  throw new Error(reason);
}
