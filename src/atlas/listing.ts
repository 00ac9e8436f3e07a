import type { UnixSeconds } from '../domain/time.ts';
import { type Findings, isClean, newFindings, reject } from './decode/decoding.ts';
import type { Endpoint } from './endpoints.ts';
import { identity, type Page } from './paging.ts';
import { AtlasError } from './transport/failure.ts';

/** All of a complete listing, and what was met on the way. */
export type Listing<T> = {
  readonly kind: 'read';
  readonly items: readonly T[];
  readonly findings: Findings;
  /** Of the one reply that said all of it, and nothing strange. Absent: there is none, or none was asked for. */
  readonly fingerprint?: string | undefined;
};

/** A listing of which page after page comes in; `asOf` is the time of each by Atlas's clock. */
export type GrowingListing<T> = {
  /** @throws AtlasError pagination for a page that came before */
  readonly add: (page: Page, asOf: UnixSeconds) => void;
  /** By Atlas's count, something came or went while the pages were read. */
  readonly changed: () => boolean;
  /** `fingerprint`: of its first page. */
  readonly done: (fingerprint: string | undefined) => Listing<T>;
};

export function growingListing<T>(endpoint: Endpoint<T>, asOf: UnixSeconds): GrowingListing<T> {
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
    add: ({ results, count }, asOf) => {
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
    changed: () => counts.size > 1,
    done: (fingerprint) => ({
      kind: 'read',
      items,
      findings,
      fingerprint: pages === 1 && isClean(findings) ? fingerprint : undefined,
    }),
  };
}
