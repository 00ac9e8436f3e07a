import { hrefOf, type Link } from './links.ts';
import { errors, RefusedRequest } from './reply.ts';
import type { Call } from './route.ts';

/**
 * One page of `items`, of which only those on it are shown. The links of a listing repeat `echo`
 * beside the parameters of the page. @throws RefusedRequest
 */
export function page<T>(
  { api, path, query }: Call,
  items: readonly T[],
  show: (item: T) => object,
  echo: Readonly<Record<string, string>> = {},
): object {
  const itemsPerPage = wholeNumber(query, 'itemsPerPage', 100, 500);
  const pageNum = wholeNumber(query, 'pageNum', 1, 999_999_999);
  const includeCount = query.get('includeCount') !== 'false';
  const link = (nth: number, rel: string): Link => {
    const parameters = new URLSearchParams({
      includeCount: String(includeCount),
      ...echo,
      pageNum: String(nth),
      itemsPerPage: String(itemsPerPage),
    });
    return { href: hrefOf(api, `${path}?${parameters}`), rel };
  };
  const end = pageNum * itemsPerPage;
  const more = end < items.length;
  return {
    links: [link(pageNum, 'self'), ...(more ? [link(pageNum + 1, 'next')] : [])],
    results: items.slice(end - itemsPerPage, end).map(show),
    totalCount: includeCount ? items.length : undefined,
  };
}

function wholeNumber(query: URLSearchParams, name: string, absent: number, max: number): number {
  const text = query.get(name);
  if (text === null) return absent;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > max) throw new RefusedRequest(errors.badQuery, name);
  return number;
}
