import { gzipSync } from 'node:zlib';
import {
  changedBody,
  changedHeaders,
  changedText,
  type Fault,
  type Faults,
  fault,
  htmlPage,
  json,
  page,
  replacedAnswer,
} from './fault.ts';

function jsonOf(what: string, body: string): Fault {
  return replacedAnswer(`A 200 of type JSON whose body is ${what}.`, {
    status: 200,
    headers: json,
    body,
  });
}

const megabyte = 2 ** 20;
const unknownKeys = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';

/** Answers of status 200 that are not what the API documents. */
export const bodies: Faults = {
  html: replacedAnswer('A 200 with a page of HTML, as from a captive portal.', htmlPage(200)),
  html_as_json: jsonOf('a page of HTML', page),
  empty_body: jsonOf('empty', ''),
  json_null: jsonOf('null', 'null'),
  json_array: jsonOf('an empty array', '[]'),
  json_text: jsonOf('a string', '"x"'),
  json_number: jsonOf('a number', '1'),
  json_nan: jsonOf('NaN, which is not JSON', 'NaN'),
  error_in_200: jsonOf(
    'an error without results',
    JSON.stringify({ error: 500, errorCode: 'UNEXPECTED_ERROR', detail: 'A simulated fault.' }),
  ),
  results_null: jsonOf('a listing whose results are null', '{"results":null,"totalCount":0}'),
  results_object: jsonOf('a listing whose results are an object', '{"results":{}}'),
  envelope: changedBody(
    'The response inside the envelope that `envelope=true` asks for.',
    (content) => ({ status: 200, content }),
  ),
  bom: changedText('A byte order mark before the JSON.', (text) => `\uFEFF${text}`),
  trailing_garbage: changedText(
    'Text after the JSON.',
    (text) => `${text}<!-- served by proxy -->`,
  ),
  half_json: changedText(
    'Only the first half of the JSON, with a matching Content-Length.',
    (text) => text.slice(0, text.length / 2),
  ),
  invalid_utf8: changedText('Invalid UTF-8 in place of every hyphen.', (text) =>
    Buffer.from(text.replaceAll('-', '\uFFFD')).map((byte) => (byte === 0xef ? 0xff : byte)),
  ),
  content_type: changedHeaders('The response with Content-Type {TYPE=text/plain}.', (type) => ({
    'Content-Type': type,
  })),
  deep_nesting: changedText('An unknown field with 100,000 nested arrays.', (text) =>
    text.replace(/\}$/, `,"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  ),
  proto_keys: changedText('Unknown fields named __proto__ and constructor.', (text) =>
    text.replaceAll(/\{(?=")/g, `{${unknownKeys},`),
  ),
  endless_body: replacedAnswer('A body that never ends.', {
    status: 200,
    headers: json,
    body: `{"results":[${' '.repeat(megabyte)}`,
    endless: true,
  }),
  gzip_bomb: fault('200 KB of unrequested gzip that unpack to 200 MB.', () => {
    // A hundred members one after the other, which is a file of gzip, too (RFC 1952).
    const member = gzipSync(Buffer.alloc(2 * megabyte, ' '), { level: 9 });
    const body = Buffer.concat(Array(100).fill(member));
    return () => ({ status: 200, headers: { ...json, 'Content-Encoding': 'gzip' }, body });
  }),
  encodings: changedHeaders('A Content-Encoding with a thousand layers of gzip.', () => ({
    'Content-Encoding': Array(1000).fill('gzip').join(', '),
  })),
};
