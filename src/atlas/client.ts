import { hash } from 'node:crypto';
import type { Clock } from '../domain/time.ts';
import { sharedYield } from '../runtime/event-loop.ts';
import { type Findings, newFindings } from './decode/decoding.ts';
import type { Api, Endpoint, PathParameters } from './endpoints.ts';
import { type GrowingListing, growingListing, type Listing } from './listing.ts';
import { itemsPerPage, pageIn, pageQuery, refusesSize } from './paging.ts';
import { mustBeJson, parsedBody, takenBody } from './reply.ts';
import { requestTo } from './request.ts';
import type { Deadline } from './transport/deadline.ts';
import { AtlasError } from './transport/failure.ts';
import type { Send } from './transport/http.ts';
import { type AtlasResponse, header } from './transport/message.ts';
import { httpDate } from './transport/observer.ts';

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
    patience: Deadline,
    fingerprinting?: Fingerprinting,
  ) => Promise<Listing<T>>;
  /** One item by its id; `note` is told what was met on the way. @throws AtlasError, bad_schema included */
  readonly one: <T, P extends string>(
    endpoint: Endpoint<T, P, 'one'>,
    parameters: PathParameters<P>,
    patience: Deadline,
    note?: (findings: Findings) => void,
  ) => Promise<T>;
};

/** Bytes of an answer that takes milliseconds to read: many may come at once. */
const muchToRead = 64 * 1024;

/** How a listing is read. */
type Reading = {
  /** Items asked for in a page. */
  readonly size: number;
  readonly fingerprinted: boolean;
  readonly unless: string | undefined;
  /** When it changes while it is read. */
  readonly looksAgain: boolean;
};

/** Reads typed values from Atlas through one account's layers. */
export function atlasClient(api: Api, send: Send, clock: Clock): AtlasClient {
  /** Endpoints that refuse the largest pages: they are asked for smaller ones, and for no others. */
  const refusesMax = new Set<string>();
  const turn = sharedYield();

  const ask = (
    endpoint: Endpoint<unknown>,
    parameters: unknown,
    { signal, deadlineMs, retryClass = 'normal' }: Deadline,
    query: string,
  ) => send({ ...requestTo(api, endpoint, parameters, query), deadlineMs, retryClass }, signal);

  const timeOf = (response: AtlasResponse) => httpDate(header(response, 'date')) ?? clock();

  const list = async <T>(
    endpoint: Endpoint<T>,
    parameters: unknown,
    patience: Deadline,
    how: Reading,
  ): Promise<Listing<T>> => {
    const { size, unless, fingerprinted, looksAgain } = how;
    let fingerprint: string | undefined;
    // Not before the first answer: what is there while Atlas is waited for grows old in memory.
    let listing: GrowingListing<T> | undefined;
    for (let pageNum = 1; ; pageNum += 1) {
      const query = pageQuery(endpoint, size, pageNum);
      const response = await ask(endpoint, parameters, patience, query);
      if (pageNum === 1 && size > itemsPerPage.fewer && refusesSize(endpoint, response)) {
        return list(endpoint, parameters, patience, { ...how, size: itemsPerPage.fewer });
      }
      mustBeJson(endpoint.name, response);
      if (size === itemsPerPage.fewer) refusesMax.add(endpoint.name);
      const asOf = timeOf(response);
      const body = takenBody(response);
      if (fingerprinted && pageNum === 1) {
        fingerprint = hash('sha256', body, 'base64url');
        // Only whole listings have one, so that no further page can follow.
        if (fingerprint === unless) throw unchanged;
      }
      if (body.length > muchToRead) await turn();
      const page = pageIn(endpoint, body, size);
      listing ??= growingListing(endpoint, asOf);
      listing.add(page, asOf);
      if (page.more) continue;
      if (!listing.changed() || !looksAgain) return listing.done(fingerprint);
      // What is deleted meanwhile moves another record past us, to the page before: look once more.
      // Not again after that: the count is an estimate, Atlas says, and may never stand still.
      return list(endpoint, parameters, patience, {
        ...how,
        fingerprinted: false,
        looksAgain: false,
      });
    }
  };

  return {
    list: (endpoint, parameters, patience, fingerprinting) =>
      list(endpoint, parameters, patience, {
        size: refusesMax.has(endpoint.name) ? itemsPerPage.fewer : itemsPerPage.max,
        fingerprinted: fingerprinting !== undefined,
        unless: fingerprinting?.unless,
        looksAgain: true,
      }),
    one: async (endpoint, parameters, patience, note = () => undefined) => {
      const response = await ask(endpoint, parameters, patience, endpoint.query);
      mustBeJson(endpoint.name, response);
      const asOf = timeOf(response);
      const body = parsedBody(endpoint.name, takenBody(response));
      const findings = newFindings(asOf);
      const item = endpoint.decode(body, findings);
      note(findings);
      if (item === undefined || item === null) throw new AtlasError('bad_schema', endpoint.name);
      return item;
    },
  };
}
