import { describe, expect, test } from 'vitest';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/server.ts';
import { generatedWorld } from '../../../src/simulator/world/generated-world.ts';
import {
  type Answer,
  answerOf,
  get,
  plainGet,
  simulated,
  standingClock,
  start,
} from '../client.ts';

const world = generatedWorld({ seed: 'access', projects: 12, clusters: 12 }, start);
const [mine = '', others = ''] = world.projects.map(({ id }) => id);

async function token(
  { url }: Simulator,
  basic = 'mdb_sa_id_simulator:mdb_sa_sk_simulator',
  form = 'grant_type=client_credentials',
): Promise<Answer> {
  const authorization = `Basic ${Buffer.from(basic).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  return answerOf(await fetch(`${url}/api/oauth/token`, { method: 'POST', headers, body: form }));
}

const ask = ({ url }: Simulator, bearer: string, path = '/groups') =>
  plainGet(`${url}/api/atlas/v2${path}`, { authorization: `Bearer ${bearer}` });

describe('a service account', () => {
  test('gets a token that works until it ends', async () => {
    const time = standingClock();
    const simulator = await simulated(world, { realClock: time.clock });
    const { status, json } = await token(simulator);
    expect([status, json.token_type, json.expires_in]).toEqual([200, 'Bearer', 3600]);
    time.set(start + 3599);
    expect((await ask(simulator, json.access_token)).status).toBe(200);
    expect((await ask(simulator, json.access_token, '')).json.apiKey).toBeNull();
    time.set(start + 3600);
    const ended = await ask(simulator, json.access_token);
    expect(ended.status).toBe(401);
    expect(ended.headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  test('is refused in the words of OAuth', async () => {
    const simulator = await simulated(world);
    const { status, json, headers } = await token(simulator, 'mdb_sa_id_simulator:wrong');
    expect([status, json.error]).toEqual([401, 'invalid_client']);
    expect(headers.get('www-authenticate')).toMatch(/^Basic /);
    const form = await token(simulator, undefined, 'grant_type=password');
    expect([form.status, form.json.error]).toEqual([400, 'unsupported_grant_type']);
    expect((await ask(simulator, 'never-issued')).status).toBe(401);
    expect((await plainGet(`${simulator.url}/api/oauth/token`)).status).toBe(405);
  });

  test('may have odd characters in id and secret, form-encoded before they are joined', async () => {
    const serviceAccounts = [{ clientId: 'a:b%c', clientSecret: 'd+e f&é' }];
    const simulator = await simulated(world, { serviceAccounts });
    expect((await token(simulator, 'a%3Ab%25c:d%2Be+f%26%C3%A9')).status).toBe(200);
    expect((await token(simulator, 'a:b%c:d+e f&é')).status).toBe(401);
  });

  test('has at most so many live tokens, and revoked ones end', async () => {
    const simulator = await simulated(world, { maxLiveTokens: 1 });
    const { json } = await token(simulator);
    expect((await token(simulator)).json.error).toBe('access_denied');
    const basic = Buffer.from('mdb_sa_id_simulator:mdb_sa_sk_simulator').toString('base64');
    await fetch(`${simulator.url}/api/oauth/revoke`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ token: json.access_token }),
    });
    expect((await ask(simulator, json.access_token)).status).toBe(401);
    expect((await token(simulator)).status).toBe(200);
  });
});

describe('a key with roles in some projects', () => {
  const limited = (refusal?: 401 | 403): Partial<SimulatorOptions> => ({
    apiKeys: [
      {
        publicKey: 'simulator',
        privateKey: 'simulator-key',
        projects: [mine],
        ...(refusal === undefined ? {} : { refusal }),
      },
    ],
  });

  test('sees those projects and their organisation only', async () => {
    const simulator = await simulated(world, limited());
    expect((await get(simulator, '/groups')).json.totalCount).toBe(1);
    expect((await get(simulator, '/orgs')).json.totalCount).toBe(1);
    expect((await get(simulator, `/groups/${mine}/clusters`)).status).toBe(200);
    const [first, second] = world.organisations.map(({ id }) => id);
    expect((await get(simulator, `/orgs/${first}/groups`)).json.totalCount).toBe(1);
    const { status, json } = await get(simulator, `/orgs/${second}/groups`);
    expect([status, json.errorCode]).toEqual([401, 'USER_CANNOT_ACCESS_ORG']);
  });

  test('meets a 401 without a challenge elsewhere', async () => {
    const { status, json, headers } = await get(
      await simulated(world, limited()),
      `/groups/${others}/clusters`,
    );
    expect([status, json.errorCode]).toEqual([401, 'USER_CANNOT_ACCESS_GROUP']);
    expect(headers.has('www-authenticate')).toBe(false);
  });

  test('meets a 403 elsewhere when told so', async () => {
    const { status, json } = await get(await simulated(world, limited(403)), `/groups/${others}`);
    expect([status, json.errorCode]).toEqual([403, 'ACCESS_FORBIDDEN']);
  });
});

describe('the access list', () => {
  test('turns away other addresses, but gives them tokens', async () => {
    const simulator = await simulated(world, { accessList: ['192.0.2.7'] });
    const { status, json } = await get(simulator, '/groups');
    expect([status, json.errorCode]).toEqual([403, 'IP_ADDRESS_NOT_ON_ACCESS_LIST']);
    expect(json.parameters).toEqual(['127.0.0.1']);
    expect((await token(simulator)).status).toBe(200);
  });
});

describe('rate limits', () => {
  const rateLimits = { cloudBackups: { capacity: 2, refill: 1, periodSeconds: 60 } };
  const path = (group: string) => `/groups/${group}/clusters/nobody/backup/schedule`;

  test('count down in the headers of each set and project, and end in a 429', async () => {
    const time = standingClock();
    const simulator = await simulated(world, { rateLimits, realClock: time.clock });
    const left = async (group: string) => {
      const { status, headers } = await get(simulator, path(group));
      return [status, headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')];
    };
    expect(await left(mine)).toEqual([404, '2', '1']);
    time.set(start + 18);
    expect(await left(mine)).toEqual([404, '2', '0']);
    expect(await left(others)).toEqual([404, '2', '1']);
    const refused = await get(simulator, path(mine));
    expect([refused.status, refused.json.errorCode]).toEqual([429, 'RATE_LIMITED_TOKEN_BUCKET']);
    expect(refused.headers.get('retry-after')).toBe('42');
    expect(refused.json.parameters).toEqual([`/api/atlas/v2${path(mine)}`, 42, 2, 1, 60]);
    time.set(start + 60);
    expect(await left(mine)).toEqual([404, '2', '0']);
    time.set(start + 600);
    expect(await left(mine)).toEqual([404, '2', '1']);
  });

  test('can be off', async () => {
    const { headers } = await get(await simulated(world, { rateLimits: 'off' }), '/groups');
    expect(headers.has('ratelimit-limit')).toBe(false);
  });
});
