import type { SimulatedRequest } from '../interception.ts';
import {
  atlasError,
  changedBody,
  changedListing,
  type Fault,
  type Faults,
  fault,
  isObject,
  type Json,
  replacedAnswer,
} from './fault.ts';

const nextPage = { links: [{ rel: 'next', href: 'http://localhost:8080/' }] };

/** Atlas sees another query than was sent; `ask` changes it and says what becomes of the body. */
function otherPage(
  description: string,
  ask: (query: URLSearchParams) => (body: Json) => Json,
): Fault {
  const start = (parameter: string) => (request: SimulatedRequest) =>
    changedBody(description, ask(request.query)).start(parameter)(request);
  return fault(description, start);
}

function changedLinks(
  description: string,
  links: (parameter: string) => readonly unknown[],
): Fault {
  return changedBody(description, (body, parameter) => ({ ...body, links: links(parameter) }));
}

/** The date of a snapshot of any kind. */
function madeOn({ createdAt, startTime, created }: Json): string {
  return String(createdAt ?? startTime ?? (isObject(created) ? created['date'] : ''));
}

function isCompleted({ status, complete }: Json): boolean {
  return ['true', 'completed', 'COMPLETED'].includes(String(status ?? complete));
}

/** Listings whose pages are not what they should be. */
export const paging: Faults = {
  next_elsewhere: changedLinks(
    'The links of a listing point to {ORIGIN=localhost}, with credentials in them.',
    (host) => ['self', 'previous'].map((rel) => ({ rel, href: `http://user:pass@${host}/` })),
  ),
  next_file: changedLinks('The links of a listing point to a file.', () => [
    { rel: 'self', href: 'file:///etc/passwd' },
  ]),
  links_junk: changedLinks('The links of a listing are not links.', () => [
    'next',
    null,
    5,
    { rel: 7 },
  ]),
  looping_pages: otherPage('Every page is the first one, with a link to the next.', (query) => {
    query.set('pageNum', '1');
    return (body) => ({ ...body, ...nextPage });
  }),
  endless_pages: otherPage('There is always one more page, of other records.', (query) => {
    const stamp = Number(query.get('pageNum') ?? 1)
      .toString(16)
      .padStart(8, '0');
    query.set('pageNum', '1');
    const another = (record: Json) => ({
      ...record,
      id: String(record['id']).slice(0, 16) + stamp,
    });
    return ({ results, ...body }) => ({
      ...body,
      ...nextPage,
      results: Array.isArray(results) ? results.filter(isObject).map(another) : results,
    });
  }),
  short_pages: replacedAnswer(
    'No page holds more than {RECORDS=2} records.',
    (records, { query, atlas }) => {
      query.set('itemsPerPage', records);
      return atlas();
    },
  ),
  refused_pages: replacedAnswer('Pages of more than 100 records are refused.', (_, { query }) =>
    Number(query.get('itemsPerPage') ?? 0) > 100
      ? atlasError(400, 'INVALID_QUERY_PARAMETER')
      : undefined,
  ),
  lost_page: replacedAnswer(
    'Pages hold two records each, and page {PAGE=2} fails.',
    (lost, { query, atlas }) => {
      if (query.get('pageNum') === lost) return atlasError(403, 'ACCESS_FORBIDDEN');
      query.set('itemsPerPage', '2');
      return atlas();
    },
  ),
  empty_last_page: changedBody(
    'Every page links to a next one, until a page is empty.',
    (body) => ({ ...body, ...nextPage }),
  ),
  wrong_total: changedBody('The total count of a listing is {TOTAL=-1}.', (body, total) => ({
    ...body,
    totalCount: Number(total) || total,
  })),
  unsorted: changedListing('The records of a listing come in reverse order.', (all) =>
    all.toReversed(),
  ),
  duplicates: changedListing('Every record of a listing comes twice.', (all) =>
    all.flatMap((record) => [record, record]),
  ),
  empty_listing: changedListing('A listing is empty.', () => []),
  older_listing: changedListing(
    'The {COUNT=1} newest completed snapshots are missing from a listing.',
    (all, count) => {
      const newestFirst = all
        .filter(isCompleted)
        .toSorted((one, other) => (madeOn(one) > madeOn(other) ? -1 : 1));
      const missing = new Set(newestFirst.slice(0, Number(count)));
      return all.filter((record) => !missing.has(record));
    },
  ),
  missing_record: changedListing('Record number {NTH=1} of a listing is missing.', (all, nth) =>
    all.toSpliced(Number(nth) - 1, 1),
  ),
};
