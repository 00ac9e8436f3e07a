import { z } from 'zod';
import type { Endpoint } from './endpoints.ts';
import { AtlasError } from './failure.ts';
import type { AtlasResponse, Body } from './http.ts';
import type { Patience } from './patience.ts';
import { parsedBody, takenBody } from './reply.ts';

const itemsPerPage = 500;
/** What Atlas gives when it is not asked for a size. */
const fewerPerPage = 100;
/** No real listing is longer; an endless one must end. */
const mostPages = 1_000;

const page = z.object({
  results: z.array(z.unknown()),
  links: z.array(z.object({ rel: z.string() }).catch({ rel: '' })).catch([]),
  totalCount: z.number().optional().catch(undefined),
});

/** Asks for one answer. @throws AtlasError when it is no JSON */
export type Ask = <T>(
  endpoint: Endpoint<T>,
  parameters: unknown,
  patience: Patience,
  query: Readonly<Record<string, string>>,
) => Promise<{ response: AtlasResponse; asOf: number }>;

export type Page = {
  readonly results: readonly unknown[];
  /** Of the whole listing, by Atlas's estimate. Undefined: it does not say. */
  readonly count: number | undefined;
  readonly asOf: number;
};

/**
 * The pages of a listing, one after another; `see` is shown the body of each before it is parsed.
 * @throws AtlasError, and what `see` throws
 */
export type Pages = <T>(
  endpoint: Endpoint<T>,
  parameters: unknown,
  patience: Patience,
  see?: (body: Body) => void,
) => AsyncGenerator<Page>;

/**
 * Reads pages, counted by number: the links in a reply name other hosts and are not followed. A
 * listing ends with a short page without `next`, or an empty one. An endpoint that refuses the
 * largest pages is asked for smaller ones, and from then on for no others.
 */
export function pager(ask: Ask): Pages {
  const refusesLarge = new Set<string>();

  const firstPage = async <T>(endpoint: Endpoint<T>, parameters: unknown, patience: Patience) => {
    const asked = (size: number) => ask(endpoint, parameters, patience, queryOf(endpoint, size, 1));
    if (endpoint.form !== 'list') return { size: itemsPerPage, ...(await asked(itemsPerPage)) };
    if (!refusesLarge.has(endpoint.name)) {
      try {
        return { size: itemsPerPage, ...(await asked(itemsPerPage)) };
      } catch (error) {
        if (!refusesParameter(error)) throw error;
      }
    }
    const first = await asked(fewerPerPage);
    refusesLarge.add(endpoint.name);
    return { size: fewerPerPage, ...first };
  };

  return async function* pages(endpoint, parameters, patience, see) {
    const { size, ...first } = await firstPage(endpoint, parameters, patience);
    const begun = new Set<unknown>();
    for (let pageNum = 1; pageNum <= mostPages; pageNum += 1) {
      const { response, asOf } =
        pageNum === 1
          ? first
          : await ask(endpoint, parameters, patience, queryOf(endpoint, size, pageNum));
      const { results, links, totalCount } = pageIn(endpoint.name, response, see);
      // By an id alone: to compare whole records is to follow them however deep they nest.
      const begins = identity(results.find((one) => typeof identity(one) === 'string'));
      if (begins !== undefined && begun.has(begins)) {
        throw new AtlasError('pagination', endpoint.name, { code: `page ${pageNum} repeats` });
      }
      begun.add(begins);
      yield { results, count: totalCount, asOf };
      const more = results.length >= size || links.some(({ rel }) => rel === 'next');
      if (endpoint.form === 'unpaged' || results.length === 0 || !more) return;
    }
    throw new AtlasError('pagination', endpoint.name, { code: `more than ${mostPages} pages` });
  };
}

function pageIn(
  endpoint: string,
  response: AtlasResponse,
  see: (body: Body) => void = () => undefined,
) {
  const body = takenBody(response);
  see(body);
  const reply = page.safeParse(parsedBody(endpoint, body));
  if (!reply.success) throw new AtlasError('bad_schema', endpoint, { status: 200 });
  return reply.data;
}

/** The id of a record, if it has one. */
export function identity(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
}

/** A 400 has many causes; the code of another one is known, and is no reason to ask again. */
function refusesParameter(error: unknown): boolean {
  return (
    error instanceof AtlasError &&
    error.status === 400 &&
    (error.code === '' || /PARAMETER|ATTRIBUTE|PAGE/.test(error.code))
  );
}

function queryOf(
  { form, query }: Endpoint<unknown>,
  size: number,
  pageNum: number,
): Readonly<Record<string, string>> {
  return form === 'list'
    ? { ...query, itemsPerPage: String(size), pageNum: String(pageNum) }
    : query;
}
