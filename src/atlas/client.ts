import { z } from 'zod';
import type { Clock } from '../domain/time.ts';
import { type Findings, newFindings, reject } from './decoding.ts';
import { type Endpoint, endpointSets, type PathParameters } from './endpoints.ts';
import { AtlasError } from './failure.ts';
import { type AtlasRequest, header, type Send } from './http.ts';
import { httpDate } from './observer.ts';
import { acceptedBody } from './reply.ts';

export type Api = 'v2' | 'v1.0';

/** Until when a caller is ready to wait. */
export type Patience = {
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly giveUpAt: number;
};

/** All of a complete listing, and what was met on the way. */
export type Listing<T> = { readonly items: readonly T[]; readonly findings: Findings };

export type AtlasClient = {
  /** Every usable item of every page. @throws AtlasError; then nothing of the listing is known */
  readonly list: <T, P extends string>(
    endpoint: Endpoint<T, P, 'list' | 'unpaged'>,
    parameters: PathParameters<P>,
    patience: Patience,
  ) => Promise<Listing<T>>;
  /** One item by its id; `note` is told what was met on the way. @throws AtlasError, bad_schema included */
  readonly one: <T, P extends string>(
    endpoint: Endpoint<T, P, 'one'>,
    parameters: PathParameters<P>,
    patience: Patience,
    note?: (findings: Findings) => void,
  ) => Promise<T>;
};

const itemsPerPage = 500;
/** No real listing is longer; an endless one must end. */
const mostPages = 1_000;
const mostPageBytes = 16 * 2 ** 20;
const mostUnpagedBytes = 64 * 2 ** 20;

const page = z.object({
  results: z.array(z.unknown()),
  links: z.array(z.object({ rel: z.string() }).catch({ rel: '' })).catch([]),
});

/** Reads typed values from Atlas through one account's layers. */
export function atlasClient(api: Api, send: Send, clock: Clock): AtlasClient {
  const ask = async <T>(
    endpoint: Endpoint<T>,
    parameters: unknown,
    { signal, giveUpAt }: Patience,
    query: Readonly<Record<string, string>>,
  ) => {
    const response = await send(
      { ...requestTo(api, endpoint, parameters, query), giveUpAt },
      signal,
    );
    const body = acceptedBody(endpoint.name, response);
    return { body, asOf: httpDate(header(response, 'date')) ?? clock() };
  };

  return {
    list: async (endpoint, parameters, patience) => {
      const findings = newFindings(clock());
      const items: NonNullable<ReturnType<typeof endpoint.decode>>[] = [];
      const seen = new Set<unknown>();
      for await (const { results, asOf } of pages(ask, endpoint, parameters, patience)) {
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
      return { items, findings };
    },
    one: async (endpoint, parameters, patience, note = () => undefined) => {
      const { body, asOf } = await ask(endpoint, parameters, patience, endpoint.query);
      const findings = newFindings(asOf);
      const item = endpoint.decode(body, findings);
      note(findings);
      if (item === undefined || item === null) throw new AtlasError('bad_schema', endpoint.name);
      return item;
    },
  };
}

type Ask = <T>(
  endpoint: Endpoint<T>,
  parameters: unknown,
  patience: Patience,
  query: Readonly<Record<string, string>>,
) => Promise<{ body: unknown; asOf: number }>;

/**
 * The pages of a listing, counted by number: the links in a reply name other hosts and are not
 * followed. It ends with a short page without `next`, or an empty one.
 */
async function* pages<T>(
  ask: Ask,
  endpoint: Endpoint<T>,
  parameters: unknown,
  patience: Patience,
): AsyncGenerator<{ results: readonly unknown[]; asOf: number }> {
  const begun = new Set<string>();
  for (let pageNum = 1; pageNum <= mostPages; pageNum += 1) {
    const paging = { itemsPerPage: String(itemsPerPage), pageNum: String(pageNum) };
    const query = endpoint.form === 'list' ? { ...endpoint.query, ...paging } : endpoint.query;
    const { body, asOf } = await ask(endpoint, parameters, patience, query);
    const reply = page.safeParse(body);
    if (!reply.success) throw new AtlasError('bad_schema', endpoint.name, { status: 200 });
    const { results, links } = reply.data;
    const begins = JSON.stringify(results[0]) ?? '';
    if (begun.has(begins)) {
      throw new AtlasError('pagination', endpoint.name, { code: `page ${pageNum} repeats` });
    }
    begun.add(begins);
    yield { results, asOf };
    const more = results.length >= itemsPerPage || links.some(({ rel }) => rel === 'next');
    if (endpoint.form === 'unpaged' || results.length === 0 || !more) return;
  }
  throw new AtlasError('pagination', endpoint.name, { code: `more than ${mostPages} pages` });
}

function identity(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
}

function requestTo(
  api: Api,
  endpoint: Endpoint<unknown>,
  parameters: unknown,
  query: Readonly<Record<string, string>>,
): Omit<AtlasRequest, 'giveUpAt'> {
  const values = new Map(Object.entries(parameters ?? {}));
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name) ?? '')),
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
