import { hash } from 'node:crypto';
import type { Clock } from '../domain/time.ts';
import { type Findings, isClean, newFindings, reject } from './decoding.ts';
import { type Endpoint, endpointSets, type PathParameters } from './endpoints.ts';
import { AtlasError } from './failure.ts';
import { type AtlasRequest, type Body, header, type Send } from './http.ts';
import { httpDate } from './observer.ts';
import { type Ask, identity, pager } from './pages.ts';
import type { Patience } from './patience.ts';
import { mustBeJson, parsedBody, takenBody } from './reply.ts';

export type Api = 'v2' | 'v1.0';

/** All of a complete listing, and what was met on the way. */
export type Listing<T> = {
  readonly items: readonly T[];
  readonly findings: Findings;
  /** Of the one reply that said all of it, and nothing strange. Absent: there is none, or none was asked for. */
  readonly fingerprint?: string | undefined;
};

/** Thrown in place of a listing that says what is known already. One for all: it has no story. */
export const unchanged = new Error('the listing says what is known already');

/** Asks for the fingerprint of a listing, and for no listing at all when that is `unless`. */
export type Fingerprinting = { readonly unless: string | undefined };

export type AtlasClient = {
  /**
   * Every usable item of every page. @throws AtlasError; then nothing of the listing is known
   * @throws unchanged when it is one page, byte for byte the one that had the given fingerprint
   */
  readonly list: <T, P extends string>(
    endpoint: Endpoint<T, P, 'list' | 'unpaged'>,
    parameters: PathParameters<P>,
    patience: Patience,
    fingerprinting?: Fingerprinting,
  ) => Promise<Listing<T>>;
  /** One item by its id; `note` is told what was met on the way. @throws AtlasError, bad_schema included */
  readonly one: <T, P extends string>(
    endpoint: Endpoint<T, P, 'one'>,
    parameters: PathParameters<P>,
    patience: Patience,
    note?: (findings: Findings) => void,
  ) => Promise<T>;
};

const mostPageBytes = 16 * 2 ** 20;
const mostUnpagedBytes = 64 * 2 ** 20;

/** Reads typed values from Atlas through one account's layers. */
export function atlasClient(api: Api, send: Send, clock: Clock): AtlasClient {
  const ask: Ask = async (endpoint, parameters, { signal, giveUpAt, need = 'usual' }, query) => {
    const response = await send(
      { ...requestTo(api, endpoint, parameters, query), giveUpAt, need },
      signal,
    );
    mustBeJson(endpoint.name, response);
    return { response, asOf: httpDate(header(response, 'date')) ?? clock() };
  };

  const pages = pager(ask);

  /** `changed`: by Atlas's count, something came or went while the pages were read. */
  const listed = async <T>(
    endpoint: Endpoint<T>,
    parameters: unknown,
    patience: Patience,
    fingerprinting: Fingerprinting | undefined,
  ): Promise<Listing<T> & { readonly changed: boolean }> => {
    const prints: string[] = [];
    const see = (body: Body) => {
      const print = hash('sha256', body, 'base64url');
      // Only whole listings have one, so that no further page can follow.
      if (print === fingerprinting?.unless) throw unchanged;
      prints.push(print);
    };
    const findings = newFindings(clock());
    const items: T[] = [];
    const seen = new Set<unknown>();
    const counts = new Set<number>();
    const shown = fingerprinting && see;
    for await (const { results, count, asOf } of pages(endpoint, parameters, patience, shown)) {
      if (count !== undefined) counts.add(count);
      for (const result of results) {
        const item = endpoint.decode(result, { ...findings, asOf });
        if (item === undefined || item === null) continue;
        // Inserted while the pages were read, an item moves to the next page and comes again.
        const id = identity(item);
        if (id !== undefined && seen.has(id)) {
          reject(findings, 'duplicate');
          continue;
        }
        seen.add(id);
        items.push(item);
      }
    }
    const isWhole = prints.length === 1 && isClean(findings);
    const fingerprint = isWhole ? prints[0] : undefined;
    return { items, findings, fingerprint, changed: counts.size > 1 };
  };

  return {
    list: async (endpoint, parameters, patience, fingerprinting) => {
      const first = await listed(endpoint, parameters, patience, fingerprinting);
      // What is deleted meanwhile moves another record past us, to the page before: look once more.
      // Not again after that: the count is an estimate, Atlas says, and may never stand still.
      return first.changed ? listed(endpoint, parameters, patience, undefined) : first;
    },
    one: async (endpoint, parameters, patience, note = () => undefined) => {
      const { response, asOf } = await ask(endpoint, parameters, patience, endpoint.query);
      const body = parsedBody(endpoint.name, takenBody(response));
      const findings = newFindings(asOf);
      const item = endpoint.decode(body, findings);
      note(findings);
      if (item === undefined || item === null) throw new AtlasError('bad_schema', endpoint.name);
      return item;
    },
  };
}

function requestTo(
  api: Api,
  endpoint: Endpoint<unknown>,
  parameters: unknown,
  query: Readonly<Record<string, string>>,
): Omit<AtlasRequest, 'giveUpAt' | 'need'> {
  const values = new Map(Object.entries(parameters ?? {}));
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    segment(endpoint.name, String(values.get(name) ?? '')),
  );
  const search = new URLSearchParams(query).toString();
  const scope = values.get('groupId') ?? 'caller';
  return {
    endpoint: endpoint.name,
    method: 'GET',
    target: `/api/atlas/${api}${path}${search && `?${search}`}`,
    headers: {
      accept: api === 'v2' ? `application/vnd.atlas.${endpoint.version}+json` : 'application/json',
      // Nothing to unpack, so nothing that unpacks without end.
      'accept-encoding': 'identity',
      'user-agent': 'mongodbatlas-backup-exporter',
    },
    body: undefined,
    bucket: { key: `${endpoint.set} ${scope}`, ...endpointSets[endpoint.set] },
    maxBytes: endpoint.form === 'unpaged' ? mostUnpagedBytes : mostPageBytes,
  };
}

/**
 * A name as one segment of a path. No name that leads to another path is asked for.
 * @throws AtlasError bad_schema
 */
function segment(endpoint: string, name: string): string {
  if (['', '.', '..'].includes(name) || !name.isWellFormed()) {
    throw new AtlasError('bad_schema', endpoint, { code: 'a name that no path can hold' });
  }
  return encodeURIComponent(name);
}
