import { z } from 'zod';
import type { UnixSeconds } from '../domain/time.ts';
import { type Findings, isClean, newFindings, reject } from './decode/decoding.ts';
import type { Endpoint } from './endpoints.ts';
import { errorCode, parsedBody } from './reply.ts';
import { AtlasError } from './transport/failure.ts';
import type { AtlasResponse, Body } from './transport/message.ts';

/** What a listing asks for, and what Atlas gives when it is not asked for a size. */
export const itemsPerPage = { max: 500, fewer: 100 } as const;
/** No real listing is longer; an endless one must end. */
const maxPages = 1_000;

const page = z.object({
  results: z.array(z.unknown()),
  links: z.array(z.object({ rel: z.string() }).catch({ rel: '' })).catch([]),
  totalCount: z.number().optional().catch(undefined),
});

type Page = {
  readonly results: readonly unknown[];
  /** Of the whole listing, by Atlas's estimate. Undefined: it does not say. */
  readonly count: number | undefined;
  /** Whether there is another page. */
  readonly more: boolean;
};

/**
 * The query for a page, from 1. Pages are counted by number: the links in a reply name other hosts
 * and are not followed. @throws AtlasError pagination when there is no end
 */
export function pageQuery(
  { name, form, query }: Endpoint<unknown>,
  size: number,
  pageNum: number,
): string {
  if (pageNum > maxPages) {
    throw new AtlasError('pagination', name, { code: `more than ${maxPages} pages` });
  }
  if (form !== 'list') return query;
  return `${query && `${query}&`}itemsPerPage=${size}&pageNum=${pageNum}`;
}

/**
 * A page that was asked for with so many items. A listing ends with a short page without `next`, or
 * an empty one. @throws AtlasError bad_json or bad_schema
 */
export function pageIn({ name, form }: Endpoint<unknown>, body: Body, size: number): Page {
  const reply = page.safeParse(parsedBody(name, body));
  if (!reply.success) throw new AtlasError('bad_schema', name, { status: 200 });
  const { results, links, totalCount } = reply.data;
  const full = results.length >= size || links.some(({ rel }) => rel === 'next');
  return { results, count: totalCount, more: form !== 'unpaged' && results.length > 0 && full };
}

/** The id of a record, if it has one. */
function identity(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
}

/**
 * Whether an answer may mean that so many items are too many. A 400 has many causes; the code of
 * another one is known, and is no reason to ask again.
 */
export function refusesSize({ form }: Endpoint<unknown>, response: AtlasResponse): boolean {
  if (form !== 'list' || response.status !== 400) return false;
  const code = errorCode(response);
  return code === '' || /PARAMETER|ATTRIBUTE|PAGE/.test(code);
}

/** All of a complete listing, and what was met on the way. */
export type Listing<T> = {
  readonly kind: 'read';
  readonly items: readonly T[];
  readonly findings: Findings;
  /** Of the one reply that said all of it, and nothing strange. Absent: there is none, or none was asked for. */
  readonly fingerprint?: string | undefined;
};

/** A listing of which page after page comes in; `asOf` is the time of each by Atlas's clock. */
export function growingListing<T>(endpoint: Endpoint<T>, asOf: UnixSeconds) {
  const findings = newFindings(asOf);
  const items: T[] = [];
  const seen = new Set<unknown>();
  const begun = new Set<unknown>();
  const counts = new Set<number>();
  let pages = 0;
  const addItem = (result: unknown, found: Findings) => {
    const item = endpoint.decode(result, found);
    if (item === undefined || item === null) return;
    // Inserted while the pages were read, an item moves to the next page and comes again.
    const id = identity(item);
    if (id !== undefined && seen.has(id)) {
      reject(found, 'duplicate');
      return;
    }
    seen.add(id);
    items.push(item);
  };
  return {
    /** @throws AtlasError pagination for a page that came before */
    add: ({ results, count }: Page, asOf: UnixSeconds) => {
      pages += 1;
      // By an id alone: to compare whole records is to follow them however deep they nest.
      const begins = identity(results.find((one) => typeof identity(one) === 'string'));
      if (begins !== undefined && begun.has(begins)) {
        throw new AtlasError('pagination', endpoint.name, { code: `page ${pages} repeats` });
      }
      begun.add(begins);
      if (count !== undefined) counts.add(count);
      const found = { ...findings, asOf };
      for (const result of results) addItem(result, found);
    },
    /** By Atlas's count, something came or went while the pages were read. */
    changed: () => counts.size > 1,
    /** `fingerprint`: of its first page. */
    done: (fingerprint: string | undefined): Listing<T> => ({
      kind: 'read',
      items,
      findings,
      fingerprint: pages === 1 && isClean(findings) ? fingerprint : undefined,
    }),
  };
}
