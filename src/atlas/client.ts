import { hash } from 'node:crypto';
import type { Clock, UnixSeconds } from '../domain/time.ts';
import { sharedYield } from '../runtime/event-loop.ts';
import { type Findings, newFindings } from './decode/decoding.ts';
import type { Api, Endpoint, PathParameters } from './endpoints.ts';
import {
  growingListing,
  itemsPerPage,
  type Listing,
  pageIn,
  pageQuery,
  refusesSize,
} from './listing.ts';
import { mustBeJson, parsedBody, takenBody } from './reply.ts';
import { requestTo } from './request.ts';
import { AtlasError } from './transport/failure.ts';
import type { Send } from './transport/http.ts';
import type { Deadline } from './transport/message.ts';
import { type AtlasResponse, header } from './transport/message.ts';
import { httpDate } from './transport/observer.ts';

/** In place of a listing that says what is known already. */
export const unchanged = { kind: 'unchanged' } as const;

export type AtlasClient = {
  /** Every usable item of every page. @throws AtlasError; then nothing of the listing is known */
  readonly list: <T, P extends string>(
    endpoint: Endpoint<T, P, 'list' | 'unpaged'>,
    parameters: PathParameters<P>,
    deadline: Deadline,
  ) => Promise<Listing<T>>;
  /** The same, unless it is one page, byte for byte the one that had this fingerprint. @throws AtlasError */
  readonly listUnless: <T, P extends string>(
    endpoint: Endpoint<T, P, 'list' | 'unpaged'>,
    parameters: PathParameters<P>,
    deadline: Deadline,
    fingerprint: string | undefined,
  ) => Promise<Listing<T> | typeof unchanged>;
  /** One item by its id; `note` is told what was met on the way. @throws AtlasError, bad_schema included */
  readonly one: <T, P extends string>(
    endpoint: Endpoint<T, P, 'one'>,
    parameters: PathParameters<P>,
    deadline: Deadline,
    note?: (findings: Findings) => void,
  ) => Promise<T>;
};

/** Reads typed values from Atlas through one account's layers. */
export function atlasClient(api: Api, send: Send, clock: Clock): AtlasClient {
  const wire = newWire(api, send, clock);
  const listing = <T, U = never>(asked: Asked<T>, isKnown?: How<U>['isKnown']) => {
    const size = wire.refusesMax.has(asked.endpoint.name) ? itemsPerPage.fewer : itemsPerPage.max;
    return readListing(wire, asked, { size, looksAgain: true, isKnown });
  };
  return {
    list: (endpoint, parameters, deadline) => listing({ endpoint, parameters, deadline }),
    listUnless: (endpoint, parameters, deadline, known) =>
      listing({ endpoint, parameters, deadline }, (fingerprint) =>
        fingerprint === known ? unchanged : undefined,
      ),
    one: async (endpoint, parameters, deadline, note = () => undefined) => {
      const response = await wire.ask({ endpoint, parameters, deadline }, endpoint.query);
      mustBeJson(endpoint.name, response);
      const findings = newFindings(wire.timeOf(response));
      const item = endpoint.decode(parsedBody(endpoint.name, takenBody(response)), findings);
      note(findings);
      if (item === undefined || item === null) throw new AtlasError('bad_schema', endpoint.name);
      return item;
    },
  };
}

type Asked<T> = {
  readonly endpoint: Endpoint<T>;
  readonly parameters: unknown;
  readonly deadline: Deadline;
};

/** The way to Atlas, with what was learnt on it. */
function newWire(api: Api, send: Send, clock: Clock) {
  return {
    ask: ({ endpoint, parameters, deadline }: Asked<unknown>, query: string) => {
      const { signal, deadlineMs, retryClass = 'normal' } = deadline;
      const request = requestTo(api, endpoint, parameters, query);
      return send({ ...request, deadlineMs, retryClass }, signal);
    },
    /** By Atlas's clock, else by ours. */
    timeOf: (response: AtlasResponse): UnixSeconds => httpDate(header(response, 'date')) ?? clock(),
    /** Endpoints that refuse the largest pages: they are asked for smaller ones, and for no others. */
    refusesMax: new Set<string>(),
    /** Between two answers that take milliseconds to read, for all other work to have its turn. */
    pause: sharedYield(),
  };
}

/** Bytes of an answer that takes milliseconds to read: many may come at once. */
const muchToRead = 64 * 1024;

/** How a listing is read; `U` is what a known one comes to. */
type How<U> = {
  /** Items asked for in a page. */
  readonly size: number;
  /** When it changes while it is read. */
  readonly looksAgain: boolean;
  /** Of the fingerprint of the first page. Absent: none is taken. */
  readonly isKnown?: ((fingerprint: string) => U | undefined) | undefined;
};

async function readListing<T, U = never>(
  wire: ReturnType<typeof newWire>,
  asked: Asked<T>,
  how: How<U>,
): Promise<Listing<T> | U> {
  const { endpoint } = asked;
  const { size, isKnown, looksAgain } = how;
  let fingerprint: string | undefined;
  // Not before the first answer: what is there while Atlas is waited for grows old in memory.
  let listing: ReturnType<typeof growingListing<T>> | undefined;
  for (let pageNum = 1; ; pageNum += 1) {
    const response = await wire.ask(asked, pageQuery(endpoint, size, pageNum));
    if (pageNum === 1 && size > itemsPerPage.fewer && refusesSize(endpoint, response)) {
      return readListing(wire, asked, { ...how, size: itemsPerPage.fewer });
    }
    mustBeJson(endpoint.name, response);
    if (size === itemsPerPage.fewer) wire.refusesMax.add(endpoint.name);
    const asOf = wire.timeOf(response);
    const body = takenBody(response);
    if (isKnown !== undefined && pageNum === 1) {
      fingerprint = hash('sha256', body, 'base64url');
      // Only whole listings have one, so that no further page can follow.
      const known = isKnown(fingerprint);
      if (known !== undefined) return known;
    }
    if (body.length > muchToRead) await wire.pause();
    const page = pageIn(endpoint, body, size);
    listing ??= growingListing(endpoint, asOf);
    listing.add(page, asOf);
    if (page.more) continue;
    if (!listing.changed() || !looksAgain) return listing.done(fingerprint);
    // What is deleted meanwhile moves another record past us, to the page before: look once more.
    // Not again after that: the count is an estimate, Atlas says, and may never stand still.
    return readListing(wire, asked, { size, looksAgain: false });
  }
}
