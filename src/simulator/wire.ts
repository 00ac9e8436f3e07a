import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { UnixSeconds } from '../domain/time.ts';
import type { RawResponse } from './interception.ts';

/** Headers of every recorded answer that passed authentication. */
const standardHeaders: readonly (readonly [string, string])[] = [
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubdomains;'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['X-Permitted-Cross-Domain-Policies', 'none'],
];

/** Writes an answer as of the world's time, which need not be this machine's. */
export function write(response: ServerResponse, answer: RawResponse, now: UnixSeconds): void {
  const { status, headers = {}, body = '', cutAfterBytes, dripMs, endless = false } = answer;
  response.sendDate = false;
  response.setHeader('Date', new Date(Math.floor(now) * 1000).toUTCString());
  response.setHeader('Server', 'mdbws');
  // Challenges are answered before the layer that adds the others.
  if (headers['WWW-Authenticate'] === undefined) {
    for (const [name, value] of standardHeaders) response.setHeader(name, value);
  }
  if (!endless) response.setHeader('Content-Length', Buffer.byteLength(body));
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  response.writeHead(status);
  const bytes = Buffer.from(body);
  if (endless) repeat(response, bytes);
  else if (dripMs !== undefined) drip(response, bytes, dripMs);
  else if (cutAfterBytes === undefined) response.end(body);
  else response.write(bytes.subarray(0, cutAfterBytes), () => response.destroy());
}

/** Until the other side has had enough. */
function repeat(response: ServerResponse, bytes: Uint8Array): void {
  if (response.destroyed) return;
  if (response.write(bytes)) setImmediate(repeat, response, bytes);
  else response.once('drain', () => repeat(response, bytes));
}

function drip(response: ServerResponse, bytes: Uint8Array, pauseMs: number): void {
  if (response.destroyed) return;
  if (bytes.length === 0) response.end();
  else {
    response.write(bytes.subarray(0, 1));
    setTimeout(drip, pauseMs, response, bytes.subarray(1), pauseMs).unref();
  }
}

/** What was asked for, the query without its question mark. */
export function targetOf({ url = '/' }: IncomingMessage) {
  const [path = '', ...query] = url.split('?');
  return { path, query: query.join('?') };
}

/** The body of a form, of which no honest one is longer than 64 KiB. */
export async function formOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 65_536) return '';
  }
  return text;
}

/** Resolves with the port, rejects with the system's error. */
export async function listening(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
