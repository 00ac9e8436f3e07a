import { expect } from 'vitest';
import { atlasClient } from '../../src/atlas/client.ts';
import { type Decoder, newFindings } from '../../src/atlas/decode/decoding.ts';
import type { Api, Endpoint } from '../../src/atlas/endpoints.ts';
import { otherListingKind } from '../../src/atlas/listing-kind.ts';
import { challenges } from '../../src/atlas/transport/challenge.ts';
import { answerable } from '../../src/atlas/transport/digest.ts';
import type { AtlasResponse } from '../../src/atlas/transport/message.ts';
import { httpDate, rateLimitOf } from '../../src/atlas/transport/observer.ts';
import type { FailureReason } from '../../src/domain/failure.ts';
import { acceptedBody } from './accepted-body.ts';
import { patient } from './reader.ts';
import type { Raw } from './recorded.ts';
import { failureOf } from './transport/wire.ts';

export type Facts = Readonly<Record<string, unknown>>;
export type Check = (response: AtlasResponse) => void | Promise<void>;

/** Long after every recording, so that none is from the future. */
export const asOf = Date.UTC(2030, 0, 1) / 1000;
export const anywhere: Raw = { groupId: 'g', clusterName: 'c', name: 'f', snapshotId: 's' };

/** The one record of a reply through our client: as a plain reading has it, and with these facts. */
export function one<T extends object>(
  endpoint: Endpoint<T, string, 'one'>,
  reading: (raw: Raw) => Facts,
  facts: Facts,
  api: Api = 'v2',
): Check {
  return async (response) => {
    const client = atlasClient(
      api,
      async () => ({ ...response }),
      () => asOf,
    );
    const raw: Raw = JSON.parse(String(response.body));
    const item = await client.one(endpoint, anywhere, patient);
    // What only a single snapshot tells has tests of its own.
    expect({ ...item, details: undefined }).toEqual({ ...reading(raw), ...facts });
  };
}

/** The records of a listing through our client, in their order; facts of each. */
export function list<T>(
  endpoint: Endpoint<T, string, 'list'>,
  reading: (raw: Raw) => Facts,
  facts: readonly Facts[],
): Check {
  return async (response) => {
    const client = atlasClient(
      'v2',
      async () => ({ ...response }),
      () => asOf,
    );
    const raw: Raw = JSON.parse(String(response.body));
    const { items, findings } = await client.list(endpoint, anywhere, patient);
    expect(items).toEqual(
      raw.results.map((it: Raw, n: number) => ({ ...reading(it), ...facts[n % facts.length] })),
    );
    expect([findings.rejected, findings.unknown]).toEqual([[], []]);
  };
}

/** The records of a reply that no call of ours asks for, yet. */
export function decoded<T>(
  decoder: Decoder<T>,
  reading: (raw: Raw) => Facts,
  facts: readonly Facts[],
): Check {
  return (response) => {
    const raw: Raw = acceptedBody('unasked', response);
    const findings = newFindings(asOf);
    const items: readonly Raw[] = raw.results ?? [raw];
    const values = items.map((item) => decoder(item, findings));
    expect(values).toEqual(
      items.map((item, n) => ({ ...reading(item), ...facts[n % facts.length] })),
    );
    expect([findings.rejected, findings.unknown]).toEqual([[], []]);
    // Neither a download link nor anybody's name or address.
    expect(JSON.stringify(values)).not.toMatch(/http|mongodb-dev|@|firstname|lastname|pubkey/);
  };
}

/** An answer in JSON like any other, of a kind that no call of ours asks for. */
export const accepted: Check = (response) =>
  expect(acceptedBody('unasked', response)).toBeTypeOf('object');

export function failure(
  status: number,
  reason: FailureReason,
  code = '',
  further: (error: unknown, response: AtlasResponse) => void = () => undefined,
): Check {
  return async (response) => {
    const error = await failureOf(Promise.resolve().then(() => acceptedBody('recorded', response)));
    expect(error).toMatchObject({ status, reason, code });
    further(error, response);
  };
}

export const all =
  (...checks: readonly Check[]): Check =>
  async (response) => {
    for (const check of checks) await check(response);
  };

export const challenged = (_: unknown, { headers }: AtlasResponse) => {
  const header = headers['www-authenticate'];
  expect(answerable(challenges(header === undefined ? [] : [header]))).toMatchObject({
    realm: 'MMS Public API',
    algorithm: 'MD5',
    qop: true,
    stale: false,
    opaque: undefined,
    nonce: expect.stringMatching(/^[A-Za-z0-9+/]{32}$/),
  });
};
export const pointsTo = (family: string) => (error: unknown) =>
  expect(otherListingKind(error, family === 'flex' ? 'replica_set' : 'flex')).toBe(family);

export const limited: Check = (response) =>
  expect(rateLimitOf(response)).toMatchObject({ capacity: expect.any(Number) });
export const unlimited: Check = (response) => expect(rateLimitOf(response)).toBeUndefined();
export const ageing: Check = ({ headers }) =>
  expect(httpDate(String(headers['sunset']))).toBeGreaterThan(1.7e9);
export const lasting: Check = ({ headers }) => expect(headers['sunset']).toBeUndefined();
export const length =
  (count: number): Check =>
  ({ body }) =>
    expect(JSON.parse(String(body)).results).toHaveLength(count);
export const goesOn: Check = ({ body }) =>
  expect(JSON.parse(String(body)).links.at(-1).rel).toBe('next');
