import type { Page } from '../../src/metrics/page.ts';

/** All of a page at once. */
export function pageBytes({ body }: Pick<Page, 'body'>): Buffer {
  return Buffer.concat([...body]);
}
