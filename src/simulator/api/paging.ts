import type { Api, Link } from './links.ts';
import { hrefOf } from './links.ts';
import { found, type Reply, refusals } from './reply.ts';

/** Parameters that a listing's own links repeat, beside those of the page. */
export type Echo = Readonly<Record<string, string>>;

/** One page of `items`, of which only those on it are shown. */
export function paged<T>(
  api: Api,
  path: string,
  query: URLSearchParams,
  items: readonly T[],
  show: (item: T) => object,
  echo: Echo = {},
): Reply {
  const itemsPerPage = wholeNumber(query.get('itemsPerPage'), 100);
  if (itemsPerPage === undefined || itemsPerPage < 1 || itemsPerPage > 500) {
    return refusals.badQuery('itemsPerPage');
  }
  const pageNum = wholeNumber(query.get('pageNum'), 1);
  if (pageNum === undefined || pageNum < 1) return refusals.badQuery('pageNum');
  const includeCount = query.get('includeCount') !== 'false';
  const link = (page: number, rel: string): Link => {
    const parameters = new URLSearchParams({
      includeCount: String(includeCount),
      ...echo,
      pageNum: String(page),
      itemsPerPage: String(itemsPerPage),
    });
    return { href: hrefOf(api, `${path}?${parameters}`), rel };
  };
  const end = pageNum * itemsPerPage;
  const more = end < items.length;
  return found({
    links: [link(pageNum, 'self'), ...(more ? [link(pageNum + 1, 'next')] : [])],
    results: items.slice(end - itemsPerPage, end).map(show),
    totalCount: includeCount ? items.length : undefined,
  });
}

function wholeNumber(text: string | null, otherwise: number): number | undefined {
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
