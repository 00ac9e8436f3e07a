import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { atlasClient } from '../../../src/atlas/client.ts';
import { endpoints } from '../../../src/atlas/endpoints.ts';
import type { DigestKey } from '../../../src/atlas/transport/digest.ts';
import { digest } from '../../../src/atlas/transport/digest-session.ts';
import type { Layer } from '../../../src/atlas/transport/http.ts';
import { header } from '../../../src/atlas/transport/message.ts';
import { realTiming } from '../../../src/atlas/transport/timing.ts';
import { get, simulated, start } from '../../simulator/client.ts';
import { patient } from '../reader.ts';
import { projectId, worldWith } from '../survey/surveying.ts';
import { apacheServing, type Served } from './apache.ts';
import { failureOf, wired } from './wire.ts';

const binary = process.env['APACHE2'] ?? '';
const modulesFolder =
  process.env['APACHE2_MODULES'] ?? join(dirname(dirname(binary)), 'lib/apache2/modules');
if (binary === '') {
  console.info('APACHE2 names no httpd: the digest checks against mod_auth_digest are skipped');
}

const key: DigestKey = { user: 'abcdwxyz', password: '01234567-89ab-cdef-0123-456789abcdef' };
const world = worldWith(1, 3, 'healthy', 'sharded', 'flex');
const groupId = projectId(world);
const G = `/groups/${groupId}`;
const versions: Readonly<Record<string, string>> = {
  '/groups': '2023-01-01',
  [`${G}/clusters`]: '2024-08-05',
  [`${G}/flexClusters`]: '2024-11-13',
  [`${G}/clusters/cluster-1/backup/snapshots`]: '2023-01-01',
  [`${G}/clusters/cluster-2/backup/snapshots/shardedClusters`]: '2023-01-01',
  [`${G}/flexClusters/cluster-3/backup/snapshots`]: '2024-11-13',
};

/** Atlas's replies as files. */
async function files(): Promise<readonly Served[]> {
  const simulator = await simulated(world);
  return Promise.all(
    Object.entries(versions).map(async ([path, version]) => {
      const type = `application/vnd.atlas.${version}+json`;
      const { text } = await get(simulator, path, { accept: type });
      return { path: `/api/atlas/v2${path}`, type, body: text };
    }),
  );
}

type Exchange = { readonly signed: boolean; readonly status: number; readonly challenge: string };

async function serving(password = key.password) {
  const { url } = await apacheServing(binary, modulesFolder, await files(), key);
  const exchanges: Exchange[] = [];
  const watching: Layer = (next) => async (request, signal) => {
    const response = await next(request, signal);
    exchanges.push({
      signed: 'authorization' in request.headers,
      status: response.status,
      challenge: header(response, 'www-authenticate') ?? '',
    });
    return response;
  };
  const layers = [digest(async () => ({ ...key, password }), realTiming), watching];
  const { send } = wired(url, layers);
  return { client: atlasClient('v2', send, () => start), exchanges };
}

describe.skipIf(binary === '')('Apache as a digest server', () => {
  test('takes every answer of ours, over several lives of its nonces', async () => {
    const { client, exchanges } = await serving();
    const one = { groupId, clusterName: 'cluster-1' };
    const pass = async () => {
      const listings = [
        await client.list(endpoints.projects, {}, patient),
        ...(await Promise.all([
          client.list(endpoints.clusters, { groupId }, patient),
          client.list(endpoints.flexClusters, { groupId }, patient),
          client.list(endpoints.snapshots, one, patient),
          client.list(endpoints.shardedSnapshots, { groupId, clusterName: 'cluster-2' }, patient),
          client.list(endpoints.flexSnapshots, { groupId, name: 'cluster-3' }, patient),
        ])),
      ];
      return listings.map(({ items }) => items.length);
    };
    const first = await pass();
    expect(first).toEqual([1, 2, 1, 4, 4, expect.any(Number)]);
    const endsAt = performance.now() + 7_500;
    let passes = 1;
    while (performance.now() < endsAt) {
      // Now and then longer than a nonce lives.
      await delay(passes % 20 === 0 ? 2_200 : 20);
      expect(await pass()).toEqual(first);
      passes += 1;
    }
    const refused = exchanges.filter(({ status }) => status !== 200);
    expect(refused.every(({ status }) => status === 401)).toBe(true);
    const stale = refused.filter(({ signed }) => signed);
    expect(stale.length).toBeGreaterThan(0);
    expect(stale.filter(({ challenge }) => !/stale="?true/i.test(challenge))).toEqual([]);
    // A nonce at a time, not one for each request.
    expect(exchanges.length).toBeGreaterThan(6 * refused.length);
  }, 20_000);

  test('refuses a wrong key, at the cost of two requests', async () => {
    const { client, exchanges } = await serving('wrong');
    expect(await failureOf(client.list(endpoints.projects, {}, patient))).toMatchObject({
      reason: 'auth',
    });
    expect(exchanges.map(({ signed, status }) => [signed, status])).toEqual([
      [false, 401],
      [true, 401],
    ]);
  });
});
