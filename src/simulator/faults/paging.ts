import type { SimulatedRequest } from '../interception.ts';
import { altered, atlasError, type Fault, type Faults, isObject, listing } from './fault.ts';

const next = (href: string) => ({ rel: 'next', href });

/** Changes the page that a listing shows, whatever was asked for. */
function turned(
  does: string,
  page: (asked: number) => { pageNum?: number; itemsPerPage?: number },
  more?: (asked: number) => boolean,
): Fault {
  return {
    description: does,
    start: () => (request) => {
      const asked = Number(request.query.get('pageNum') ?? 1);
      for (const [name, value] of Object.entries(page(asked))) {
        request.query.set(name, String(value));
      }
      return altered(request, (body) => ({
        ...body,
        ...(more?.(asked) === true ? { links: [next('http://localhost:8080/')] } : {}),
      }));
    },
  };
}

function withLinks(does: string, links: (request: SimulatedRequest) => unknown): Fault {
  return {
    description: does,
    start: () => (request) => altered(request, (body) => ({ ...body, links: links(request) })),
  };
}

/** The date of a snapshot of any kind. */
function madeOn({ createdAt, startTime, created }: Readonly<Record<string, unknown>>): string {
  return String(createdAt ?? startTime ?? (isObject(created) ? created['date'] : ''));
}

/** Listings whose pages are not what they should be. */
export const paging: Faults = {
  next_elsewhere: {
    description: 'The links of a listing lead to this origin, with credentials in them.',
    parameter: { name: 'ORIGIN', default: 'localhost' },
    start: (host) => (request) =>
      altered(request, (body) => ({
        ...body,
        links: ['self', 'previous'].map((rel) => ({ rel, href: `http://user:pass@${host}/` })),
      })),
  },
  next_file: withLinks('The links of a listing name a file.', () => [
    { rel: 'self', href: 'file:///etc/passwd' },
  ]),
  links_junk: withLinks('The links of a listing are no links.', () => [
    'next',
    null,
    5,
    { rel: 7 },
  ]),
  looping_pages: turned(
    'Every page is the first one, and says that there is another.',
    () => ({ pageNum: 1 }),
    () => true,
  ),
  endless_pages: {
    description: 'There is always one more page, of other records.',
    start: () => (request) => {
      const page = Number(request.query.get('pageNum') ?? 1);
      request.query.set('pageNum', '1');
      const stamp = page.toString(16).padStart(8, '0');
      return altered(request, (body) => ({
        ...body,
        links: [next('http://localhost:8080/')],
        results: Array.isArray(body['results'])
          ? body['results'].filter(isObject).map((record) => ({
              ...record,
              id: String(record['id']).slice(0, 16) + stamp,
            }))
          : body['results'],
      }));
    },
  },
  short_pages: {
    description: 'No page holds more than so many records, whatever was asked for.',
    parameter: { name: 'RECORDS', default: '2' },
    start: (size) => (request) => {
      request.query.set('itemsPerPage', size);
      return altered(request, (body) => body);
    },
  },
  refused_pages: {
    description: 'Pages of more than 100 records are refused.',
    start:
      () =>
      ({ query }) =>
        Number(query.get('itemsPerPage') ?? 0) > 100
          ? atlasError(400, 'INVALID_QUERY_PARAMETER')
          : undefined,
  },
  lost_page: {
    description: 'Pages hold two records each, and this page is an error.',
    parameter: { name: 'PAGE', default: '2' },
    start: (lost) => (request) => {
      if (request.query.get('pageNum') === lost) return atlasError(403, 'ACCESS_FORBIDDEN');
      request.query.set('itemsPerPage', '2');
      return altered(request, (body) => body);
    },
  },
  empty_last_page: turned(
    'Every page says that there is another, until one is empty.',
    () => ({}),
    () => true,
  ),
  wrong_total: {
    description: 'The total count of a listing is this number or text.',
    parameter: { name: 'TOTAL', default: '-1' },
    start: (total) => (request) =>
      altered(request, (body) => ({ ...body, totalCount: Number(total) || total })),
  },
  unsorted: listing('The records of a listing come in reverse order.', (records) =>
    records.toReversed(),
  ),
  duplicates: listing('Every record of a listing comes twice.', (records) =>
    records.flatMap((record) => [record, record]),
  ),
  empty_listing: listing('A listing is empty.', () => []),
  older_listing: listing(
    'So many of the newest completed snapshots are missing from a listing.',
    (records, _, most) => {
      const done = records
        .filter(({ status, complete }) =>
          ['true', 'completed', 'COMPLETED'].includes(String(status ?? complete)),
        )
        .toSorted((one, other) => (madeOn(one) > madeOn(other) ? -1 : 1));
      const missing = new Set(done.slice(0, Number(most)));
      return records.filter((record) => !missing.has(record));
    },
    { name: 'COUNT', default: '1' },
  ),
  missing_record: listing(
    'A listing lacks this record, counted from 1.',
    (records, _, nth) => records.filter((_, n) => n !== Number(nth) - 1),
    { name: 'NTH', default: '1' },
  ),
};
