import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { hostileText } from './likeness.ts';

/** An answer that is not made yet: its head, and the bytes of its body. */
export type Draft = {
  readonly status: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** So many bytes of the whole are written before the connection is closed. Undefined: all. */
  readonly cutAt: number | undefined;
  /** The connection stays open when all is written. */
  readonly open: boolean;
};

export type Mutation = (draft: Draft) => Draft;

/** Where in the body: a share of its length. (As doubles, nearly all would be close to 0.) */
const place = fc.nat({ max: 9_999 }).map((share) => share / 10_000);
const at = (share: number, { length }: { length: number }) => Math.floor(share * length);

function spliced(body: Buffer, from: number, drop: number, put: Uint8Array): Buffer {
  return Buffer.concat([body.subarray(0, from), put, body.subarray(from + drop)]);
}

/** Exchanges what stands at the nth match by something else. */
function exchanged(text: string, pattern: RegExp, share: number, by: string): string {
  const found = [...text.matchAll(pattern)];
  const one = found[at(share, found)];
  if (one === undefined) return text;
  return text.slice(0, one.index) + by + text.slice(one.index + one[0].length);
}

/** A mutation that tells its parameters when a case is printed. */
function told<T>(
  what: string,
  parameters: fc.Arbitrary<T>,
  apply: (draft: Draft, parameters: T) => Draft,
): fc.Arbitrary<Mutation> {
  return parameters.map((given) =>
    Object.assign((draft: Draft) => apply(draft, given), {
      [fc.toStringMethod]: () => `${what} ${fc.stringify(given)}`,
    }),
  );
}

const inText = (draft: Draft, edit: (text: string) => string): Draft => ({
  ...draft,
  body: Buffer.from(edit(draft.body.toString())),
});

const bytes = told(
  'bytes',
  fc.tuple(place, fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 4 })),
  (draft, [share, drop, put]) => ({
    ...draft,
    body: spliced(draft.body, at(share, draft.body), drop, put),
  }),
);
const flips = told('flip', fc.tuple(place, fc.nat({ max: 7 })), (draft, [share, bit]) => {
  const body = Buffer.from(draft.body);
  const where = at(share, body);
  body[where] = (body[where] ?? 0) ^ (1 << bit);
  return { ...draft, body };
});
// Overlong, a lone surrogate, beyond Unicode, a start without its end.
const badUtf8 = told(
  'bad UTF-8',
  fc.tuple(place, fc.constantFrom('c080', 'eda080', 'f4908080', 'e2', 'ff', 'efbbbf')),
  (draft, [share, hex]) => ({
    ...draft,
    body: spliced(draft.body, at(share, draft.body), 0, Buffer.from(hex, 'hex')),
  }),
);
const tokens = ['1e400', '-1e400', '-0', '9007199254740993', '00', 'NaN', '0x1', '"7"', 'null'];
const numbers = told(
  'number',
  fc.tuple(place, fc.constantFrom(...tokens, '9'.repeat(400), '{}', '[]', 'true')),
  (draft, [share, by]) => inText(draft, (text) => exchanged(text, /(?<=:)-?\d+\b/g, share, by)),
);
const strings = told(
  'text',
  fc.tuple(place, fc.oneof(fc.jsonValue({ maxDepth: 1 }), hostileText)),
  (draft, [share, by]) =>
    inText(draft, (text) => exchanged(text, /(?<=:)"[^"]*"/g, share, JSON.stringify(by))),
);
const keys = ['id', 'results', 'status', 'links', 'name', '__proto__', 'constructor', 'createdAt'];
const duplicateKeys = told(
  'duplicate key',
  fc.tuple(place, fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 1 })),
  (draft, [share, key, value]) => {
    const field = `{"${key}":${JSON.stringify(value)},`;
    return inText(draft, (text) => exchanged(text, /\{(?=")/g, share, field));
  },
);
const nesting = told(
  'nesting',
  fc.tuple(place, fc.constantFrom(100, 5_000, 60_000), fc.constantFrom('[]', '{"a":}')),
  (draft, [share, depth, pair]) => {
    const [opening, closing] = [pair.slice(0, -1), pair.slice(-1)];
    const deep = `{"deep":${opening.repeat(depth)}1${closing.repeat(depth)},`;
    return inText(draft, (text) => exchanged(text, /\{(?=")/g, share, deep));
  },
);

const types = ['text/html', 'application/json;charset=utf-16', 'APPLICATION/JSON', 'image/png', ''];
const headerNames = [
  'Content-Type',
  'Content-Length',
  'Date',
  'RateLimit-Remaining',
  'Retry-After',
];
const headers = told(
  'header',
  fc.tuple(
    fc.constantFrom(...headerNames, 'Transfer-Encoding', 'Connection', 'Sunset', 'Location'),
    fc.oneof(fc.constantFrom(...types, '-1', '5', '1e9', 'chunked', 'close'), hostileText),
  ),
  (draft, [name, value]) => ({ ...draft, headers: { ...draft.headers, [name]: value } }),
);
const encodings = told(
  'encoding',
  fc.tuple(fc.constantFrom('gzip', 'br', 'deflate', 'x-none', 'gzip, '.repeat(300)), fc.boolean()),
  (draft, [encoding, really]) => ({
    ...draft,
    headers: { ...draft.headers, 'Content-Encoding': encoding },
    body: really ? gzipSync(draft.body) : draft.body,
  }),
);
const statuses = told(
  'status',
  fc.constantFrom(
    '200',
    '201',
    '204',
    '206',
    '302',
    '304',
    '401',
    '404',
    '429',
    '500',
    '600',
    '99',
  ),
  (draft, code) => ({ ...draft, status: `${code} Whatever` }),
);
const cuts = told('cut', place, (draft, share) => ({ ...draft, cutAt: at(share, draft.body) }));
const open: Mutation = (draft) => ({ ...draft, open: true });

/** Whatever can happen to an answer between Atlas and here. */
const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.oneof(
    ...[bytes, flips, badUtf8, numbers, strings, duplicateKeys, nesting],
    ...[headers, encodings, statuses, cuts],
  ),
  { maxLength: 4 },
);
export const openMutations: fc.Arbitrary<readonly Mutation[]> = fc.oneof(
  { weight: 20, arbitrary: mutations },
  { weight: 1, arbitrary: mutations.map((all) => [...all, open]) },
);

/** The whole answer as bytes. */
export function bytesOf({ status, headers: all, body, cutAt }: Draft): Buffer {
  const stated = { 'Content-Length': String(body.length), ...all };
  const lines = Object.entries(stated).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`);
  return Buffer.concat([head, cutAt === undefined ? body : body.subarray(0, cutAt)]);
}
