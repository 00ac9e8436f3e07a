import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpoints } from '../../src/atlas/endpoints.ts';
import { errorCode } from '../../src/atlas/reply.ts';
import type { AtlasResponse } from '../../src/atlas/transport/message.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { simulated, start } from '../simulator/client.ts';
import { acceptedBody } from './accepted-body.ts';
import { patient, reader } from './reader.ts';
import { failureOf, rawServer } from './transport/wire.ts';

const json = { 'content-type': 'application/json' };
const answer = (
  status: number,
  body = '',
  headers: AtlasResponse['headers'] = json,
): AtlasResponse => ({ status, headers, body });

const failure = (response: AtlasResponse) =>
  failureOf(Promise.resolve().then(() => acceptedBody('snapshots', response)));

describe('an answer that is not a 200', () => {
  const code = (errorCode: string | null) => JSON.stringify({ error: 0, errorCode });

  test.each<[number, string, string, string]>([
    [400, code('VALIDATION_ERROR'), 'server', 'VALIDATION_ERROR'],
    [401, '', 'auth', ''],
    [401, code('UNEXPECTED_ERROR'), 'auth', 'UNEXPECTED_ERROR'],
    [401, code('USER_UNAUTHORIZED'), 'forbidden', 'USER_UNAUTHORIZED'],
    [401, code('NOT_IN_GROUP'), 'forbidden', 'NOT_IN_GROUP'],
    [401, code('USER_CANNOT_ACCESS_GROUP'), 'forbidden', 'USER_CANNOT_ACCESS_GROUP'],
    [401, code('USER_CANNOT_ACCESS_ORG'), 'forbidden', 'USER_CANNOT_ACCESS_ORG'],
    [402, code('ACCOUNT_SUSPENDED'), 'forbidden', 'ACCOUNT_SUSPENDED'],
    [403, '', 'forbidden', ''],
    [403, code('ACCESS_FORBIDDEN'), 'forbidden', 'ACCESS_FORBIDDEN'],
    [403, code('IP_ADDRESS_NOT_ON_ACCESS_LIST'), 'ip_not_allowed', 'IP_ADDRESS_NOT_ON_ACCESS_LIST'],
    [403, code('IP_ADDRESS_NOT_ON_WHITELIST'), 'ip_not_allowed', 'IP_ADDRESS_NOT_ON_WHITELIST'],
    [403, code('ORG_REQUIRES_WHITELIST'), 'ip_not_allowed', 'ORG_REQUIRES_WHITELIST'],
    [404, code('GROUP_NOT_FOUND'), 'not_found', 'GROUP_NOT_FOUND'],
    [404, code(null), 'not_found', ''],
    [405, '', 'server', ''],
    [407, '', 'network', ''],
    [406, code('INVALID_VERSION_DATE'), 'version_gone', 'INVALID_VERSION_DATE'],
    [409, code('CONFLICT'), 'server', 'CONFLICT'],
    [410, code('VERSION_GONE'), 'version_gone', 'VERSION_GONE'],
    [418, '', 'server', ''],
    [429, code('RATE_LIMITED_TOKEN_BUCKET'), 'rate_limited', 'RATE_LIMITED_TOKEN_BUCKET'],
    [451, '', 'server', ''],
    [500, code('UNEXPECTED_ERROR'), 'server', 'UNEXPECTED_ERROR'],
    [502, '<html>502</html>', 'server', ''],
    [503, '<html>503</html>', 'server', ''],
    [600, '', 'server', ''],
    [301, '', 'redirect', ''],
    [308, '', 'redirect', ''],
    [201, '{"results":[]}', 'bad_schema', ''],
    [204, '', 'bad_schema', ''],
    [206, '{"results":[]}', 'bad_schema', ''],
  ])('%i with %s has the reason %s', async (status, body, reason, found) => {
    expect(await failure(answer(status, body))).toMatchObject({ reason, status, code: found });
  });

  test('304 is a redirect to nowhere', async () => {
    expect((await failure(answer(304))).reason).toBe('redirect');
  });
});

describe('the error code', () => {
  test.each<[string, string, AtlasResponse['headers'], string]>([
    [
      'the header, when there is one',
      '{"errorCode":"B_CODE"}',
      { 'x-error-code': 'A_CODE' },
      'A_CODE',
    ],
    ['that of the body', '{"errorCode":"A_CODE"}', {}, 'A_CODE'],
    ['that of an OAuth error', '{"error":"invalid_client"}', {}, 'invalid_client'],
    ['not a number in its place', '{"error":404}', {}, ''],
    ['not null', '{"errorCode":null}', {}, ''],
    ['not an object', '{"errorCode":{"a":1}}', {}, ''],
    ['not a sentence', '{"errorCode":"password is hunter2"}', {}, ''],
    ['not several lines', '{"errorCode":"A\\nB"}', {}, ''],
    ['not a long one', `{"errorCode":"${'A'.repeat(100)}"}`, {}, ''],
    ['not of a list', '[{"errorCode":"A_CODE"}]', {}, ''],
    ['not of HTML', '<html>A_CODE</html>', {}, ''],
    ['not of nothing', '', {}, ''],
  ])('is %s', (_, body, headers, code) => {
    expect(errorCode(answer(400, body, headers))).toBe(code);
  });

  test('of any body is a safe word or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(errorCode(answer(500, body))).toMatch(/^([A-Za-z][A-Za-z0-9_]{2,80})?$/);
      }),
    );
  });
});

describe('a 200', () => {
  test.each([
    'application/json',
    'application/json;charset=utf-8',
    'application/json ; charset=ISO-8859-1',
    'Application/JSON',
    'application/vnd.atlas.2023-01-01+json;charset=utf-8',
    'application/vnd.atlas.2099-12-31+json',
    'application/vnd.atlas.preview+json',
  ])('may be of type %s', (type) => {
    expect(acceptedBody('snapshots', answer(200, '{}', { 'content-type': type }))).toEqual({});
  });

  test.each([
    ['text/html', '<html>Please sign in</html>'],
    ['text/html', '{}'],
    ['text/plain', '{}'],
    ['application/jsonp', '{}'],
    ['application/vnd.atlas.2023-01-01+csv', '{}'],
    ['application/xml', '{}'],
  ])('of type %s is not read', async (type, body) => {
    const headers = { 'content-type': type };
    expect((await failure(answer(200, body, headers))).reason).toBe('bad_content_type');
    expect((await failure(answer(200, body, {}))).reason).toBe('bad_content_type');
  });

  test.each(['', ' ', '<html>', '\uFEFF{}', '{"results":[', '{} {}', 'NaN', "{'a':1}", '{"a":1}x'])(
    'with the body %j is bad_json',
    async (body) => {
      const error = await failure(answer(200, body));
      expect(error.reason).toBe('bad_json');
      expect(error.cause).toBeUndefined();
      expect(error.message).toBe('snapshots: bad_json 200');
    },
  );
});

describe('a listing', () => {
  const world = generatedWorld(
    { seed: 'reply', projects: 1, clusters: 1, scenarios: ['healthy'] },
    start,
  );
  const groupId = world.projects[0]?.id ?? '';

  const bodies: readonly [string, string, string][] = [
    ['null', 'null', 'bad_schema'],
    ['a list', '[]', 'bad_schema'],
    ['a text', '"x"', 'bad_schema'],
    ['a number', '1', 'bad_schema'],
    ['an empty object', '{}', 'bad_schema'],
    ['an error object', '{"error":500,"errorCode":"UNEXPECTED_ERROR"}', 'bad_schema'],
    ['results of null', '{"results":null}', 'bad_schema'],
    ['results that are an object', '{"results":{}}', 'bad_schema'],
    ['an envelope', '{"status":200,"content":{"results":[]}}', 'bad_schema'],
    ['half a page', '{"results":[{"id":"5', 'bad_json'],
    ['a byte order mark', '\uFEFF{"results":[]}', 'bad_json'],
    ['nothing', '', 'bad_json'],
  ];

  test.each(bodies)('of %s is a failure, and never no snapshots', async (_, body, reason) => {
    const simulator = await simulated(world);
    simulator.intercept(({ authorised }) =>
      authorised
        ? { status: 200, headers: { 'Content-Type': 'application/json' }, body }
        : undefined,
    );
    const { client } = reader(simulator.url);
    const parameters = { groupId, clusterName: 'cluster-1' };
    for (const endpoint of [endpoints.snapshots, endpoints.shardedSnapshots]) {
      expect(await failureOf(client.list(endpoint, parameters, patient))).toMatchObject({ reason });
    }
  });

  test('whose connection ends the body, cut short, is a failure', async () => {
    const { url } = await rawServer((socket) =>
      socket.end('HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"results":[{"id":"a"'),
    );
    const { client, heard } = reader(url);
    expect(await failureOf(client.list(endpoints.projects, {}, patient))).toMatchObject({
      reason: 'bad_json',
    });
    expect(heard.exchanges).toEqual([{ endpoint: 'projects', status: 200 }]);
  });

  test('whose announced length is not reached is asked for again, then fails', async () => {
    const simulator = await simulated(world);
    simulator.intercept(({ authorised }) =>
      authorised
        ? {
            status: 200,
            headers: { 'Content-Type': 'application/json' },
            body: '{"results":[]}                  ',
            cutAfterBytes: 14,
          }
        : undefined,
    );
    const { client, heard } = reader(simulator.url);
    expect(await failureOf(client.list(endpoints.projects, {}, patient))).toMatchObject({
      reason: 'network',
    });
    expect(heard.retries).toEqual(['network', 'network']);
  });

  test('may hold what changes a prototype elsewhere', async () => {
    const simulator = await simulated(world);
    const id = 'a'.repeat(24);
    const body = `{"results":[{"id":"${id}","name":"constructor","orgId":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]}`;
    simulator.intercept(({ authorised }) =>
      authorised
        ? { status: 200, headers: { 'Content-Type': 'application/json' }, body }
        : undefined,
    );
    const { items } = await reader(simulator.url).client.list(endpoints.projects, {}, patient);
    expect(items).toEqual([{ id, name: 'constructor', orgId: 'x' }]);
    expect(Object.keys({})).not.toContain('polluted');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
