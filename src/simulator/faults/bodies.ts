import { gzipSync } from 'node:zlib';
import type { RawResponse } from '../interception.ts';
import { altered, always, type Fault, type Faults, htmlPage, page } from './fault.ts';

const json = { 'Content-Type': 'application/json' };

function saying(what: string, body: string | Uint8Array): Fault {
  return always(`A 200 of JSON whose body is ${what}.`, { status: 200, headers: json, body });
}

/** Atlas's own answer, its text or headers changed. */
function rewritten(
  does: string,
  change: (answer: RawResponse, text: string) => RawResponse,
): Fault {
  return {
    description: does,
    start:
      () =>
      async ({ atlas }) => {
        const answer = await atlas();
        return change(answer, String(answer.body ?? ''));
      },
  };
}

const megabyte = 2 ** 20;
const bomb = (): RawResponse => ({
  status: 200,
  headers: { ...json, 'Content-Encoding': 'gzip' },
  body: gzipSync(Buffer.alloc(200 * megabyte, ' '), { level: 9 }),
});

/** Answers of status 200 that are not what the API documents. */
export const bodies: Faults = {
  html: always('A 200 with a page of HTML, as a captive portal answers.', htmlPage(200)),
  html_as_json: saying('a page of HTML', page),
  empty_body: saying('empty', ''),
  json_null: saying('null', 'null'),
  json_array: saying('an empty array', '[]'),
  json_text: saying('a string', '"x"'),
  json_number: saying('a number', '1'),
  json_nan: saying('no JSON, but a number to JavaScript', 'NaN'),
  error_in_200: saying(
    'an error, without results',
    JSON.stringify({ error: 500, errorCode: 'UNEXPECTED_ERROR', detail: 'A simulated fault.' }),
  ),
  results_null: saying('a listing whose results are null', '{"results":null,"totalCount":0}'),
  results_object: saying('a listing whose results are an object', '{"results":{}}'),
  envelope: {
    description: "Atlas's answer inside the envelope that some callers ask for.",
    start: () => (request) => altered(request, (content) => ({ status: 200, content })),
  },
  bom: rewritten('A byte order mark before the JSON.', (answer, text) => ({
    ...answer,
    body: `\uFEFF${text}`,
  })),
  trailing_garbage: rewritten('More text after the JSON.', (answer, text) => ({
    ...answer,
    body: `${text}<!-- served by proxy -->`,
  })),
  half_json: rewritten('Only the first half of the JSON, as if that were all.', (answer, text) => ({
    ...answer,
    body: text.slice(0, text.length / 2),
  })),
  invalid_utf8: rewritten('Bytes that are not UTF-8 in place of every hyphen.', (answer, text) => ({
    ...answer,
    body: Buffer.from(text.replaceAll('-', '\uFFFD')).map((byte) => (byte === 0xef ? 0xff : byte)),
  })),
  content_type: {
    description: "Atlas's answer under another media type.",
    parameter: { name: 'TYPE', default: 'text/plain' },
    start:
      (type) =>
      async ({ atlas }) => {
        const answer = await atlas();
        return { ...answer, headers: { ...answer.headers, 'Content-Type': type } };
      },
  },
  deep_nesting: rewritten('An unknown field with 100,000 nested arrays.', (answer, text) => ({
    ...answer,
    body: text.replace(/\}$/, `,"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  })),
  proto_keys: {
    description: 'Unknown fields named __proto__ and constructor.',
    start: () => async (request) => {
      const answer = await request.atlas();
      const text = String(answer.body ?? '');
      const odd = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
      return { ...answer, body: text.replaceAll(/\{(?=")/g, `{${odd},`) };
    },
  },
  endless_body: always('A body that never ends.', {
    status: 200,
    headers: json,
    body: `{"results":[${' '.repeat(megabyte)}`,
    endless: true,
  }),
  gzip_bomb: {
    description: '200 KB of gzip that nobody asked for, which become 200 MB.',
    start: () => {
      const answer = bomb();
      return () => answer;
    },
  },
  encodings: rewritten('An answer that claims a thousand layers of compression.', (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'Content-Encoding': Array(1000).fill('gzip').join(', ') },
  })),
};
