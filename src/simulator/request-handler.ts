import type { IncomingMessage } from 'node:http';
import type { Clock } from '../domain/time.ts';
import type { authenticator } from './access/authentication.ts';
import type { tokenIssuer } from './access/token-issuer.ts';
import { errorReply, errors } from './api/reply.ts';
import { type Rules, respond } from './api/respond.ts';
import type { Interception, NoAnswer, RawResponse } from './interception.ts';
import { formOf } from './wire.ts';

export type RequestContext = {
  readonly authenticate: ReturnType<typeof authenticator>;
  /** With a new nonce, for one that is stale. */
  readonly challenge: () => string;
  readonly tokens: ReturnType<typeof tokenIssuer>;
  readonly rules: Rules;
  readonly clock: Clock;
  /** A test's first, then the faults. */
  readonly interceptions: () => readonly Interception[];
};

export type Target = { readonly path: string; readonly query: string };

export function targetOf(request: IncomingMessage): Target {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return mark === -1
    ? { path: url, query: '' }
    : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

const notAllowed: RawResponse = { status: 405, headers: { Allow: 'GET,OPTIONS' } };

/** Decides the answer: authentication first, then the interceptions, then Atlas. */
export async function handleRequest(
  it: RequestContext,
  request: IncomingMessage,
): Promise<RawResponse | NoAnswer> {
  const { path, query: text } = targetOf(request);
  const { method = 'GET', url = '/', headers } = request;
  const { authorization } = headers;
  const query = new URLSearchParams(text);
  const isOAuth = path.startsWith('/api/oauth/');
  const known = isOAuth ? undefined : it.authenticate(authorization, method, url);
  const now = it.clock();
  const atlas = async (): Promise<RawResponse> => {
    if (known === undefined) return oauth(it, request, path);
    if (known.kind === 'challenged') return known.reply;
    if (method !== 'GET') return notAllowed;
    // An IPv6 socket shows an IPv4 caller in this form.
    const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const { caller } = known;
    return respond(it.rules, { path, query, accept: headers.accept, address, caller, now });
  };
  const authorised = known?.kind === 'accepted';
  for (const intercept of it.interceptions()) {
    const facts = { method, path, query, authorization, authorised, now };
    const intercepted = await intercept({ ...facts, challenge: it.challenge, atlas });
    if (intercepted !== undefined) return intercepted;
  }
  return atlas();
}

async function oauth(
  { tokens: office }: RequestContext,
  request: IncomingMessage,
  path: string,
): Promise<RawResponse> {
  if (path !== '/api/oauth/token' && path !== '/api/oauth/revoke')
    return errorReply(errors.unknownPath, path);
  if (request.method !== 'POST') return { status: 405, headers: { Allow: 'POST,OPTIONS' } };
  const form = await formOf(request);
  const { authorization } = request.headers;
  const { status, challenge, body } =
    path === '/api/oauth/token'
      ? office.issue(authorization, form)
      : office.revoke(authorization, form);
  const headers = {
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json;charset=utf-8',
    ...(challenge === undefined ? {} : { 'WWW-Authenticate': challenge }),
  };
  return { status, headers, body: JSON.stringify(body) };
}
