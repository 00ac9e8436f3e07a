import { z } from 'zod';
import type { FailureReason } from '../../domain/failure.ts';
import { errorCode, mustBeJson, parsedBody, takenBody } from '../reply.ts';
import { AtlasError, deniesPermission } from './failure.ts';
import type { Layer, Send } from './http.ts';
import type { AtlasRequest } from './message.ts';
import type { Timing } from './timing.ts';

export type ServiceAccount = { readonly clientId: string; readonly clientSecret: string };

type Token = { readonly value: string; readonly bornAt: number; readonly lifeMs: number };

const tokenReply = z.object({
  // Letters of RFC 6750 only: anything else could break out of the header it is put into.
  access_token: z.string().regex(/^[A-Za-z0-9\-._~+/]+=*$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive(),
});

const minLifeMs = 60_000;
const maxLifeMs = 3_600_000;
/** The share of a token's life after which it is renewed, while it still works. */
const renewAfter = 0.8;
/** Atlas allows ten token requests a minute from one address: after a refusal none for this long. */
const afterRefusalMs = 60_000;
const refusals: ReadonlySet<FailureReason> = new Set(['auth', 'forbidden', 'rate_limited']);
/** The label `endpoint` of the token request. */
export const tokenEndpoint = 'oauth_token';

/**
 * Sends an access token of the service account (OAuth 2.0 client credentials): one token, fetched
 * once for all who wait, renewed before it ends, and fetched anew once when Atlas refuses it.
 * @throws AtlasError of the token request
 */
export function oauth(readAccount: () => Promise<ServiceAccount>, timing: Timing): Layer {
  let token: Token | undefined;
  let fetching: Promise<Token> | undefined;
  let refusal: { readonly error: AtlasError; readonly until: number } | undefined;
  let renewNotBefore = 0;
  const age = (share: number) => (one: Token) =>
    timing.monotonicMs() - one.bornAt < one.lifeMs * share;
  const [young, valid] = [age(renewAfter), age(1)];

  const fetchOnce = (next: Send, request: AtlasRequest, signal: AbortSignal): Promise<Token> => {
    if (refusal !== undefined && timing.monotonicMs() < refusal.until) {
      return Promise.reject(refusal.error);
    }
    fetching ??= fetchToken(next, request, signal, readAccount, timing)
      .then((fresh) => {
        refusal = undefined;
        token = fresh;
        return fresh;
      })
      .catch((error: unknown) => {
        renewNotBefore = timing.monotonicMs() + afterRefusalMs / 2;
        if (error instanceof AtlasError && refusals.has(error.reason)) {
          refusal = { error, until: timing.monotonicMs() + afterRefusalMs };
        }
        throw error;
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };

  return (next) => {
    const present = async (request: AtlasRequest, signal: AbortSignal): Promise<Token> => {
      const held = token;
      if (held !== undefined && young(held)) return held;
      if (held !== undefined && valid(held)) {
        if (timing.monotonicMs() < renewNotBefore) return held;
        return fetchOnce(next, request, signal).catch(() => held);
      }
      return fetchOnce(next, request, signal);
    };
    return async (request, signal) => {
      const used = await present(request, signal);
      const response = await next(bearing(request, used), signal);
      if (response.status !== 401 || deniesPermission(errorCode(response))) return response;
      if (token === used) token = undefined;
      return next(bearing(request, await present(request, signal)), signal);
    };
  };
}

function bearing(request: AtlasRequest, { value }: Token): AtlasRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${value}` } };
}

async function fetchToken(
  next: Send,
  { bucket, deadlineMs }: AtlasRequest,
  signal: AbortSignal,
  readAccount: () => Promise<ServiceAccount>,
  { monotonicMs }: Timing,
): Promise<Token> {
  const { clientId, clientSecret } = await readAccount();
  const basic = Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`);
  const response = await next(
    {
      endpoint: tokenEndpoint,
      method: 'POST',
      target: '/api/oauth/token',
      headers: {
        authorization: `Basic ${basic.toString('base64')}`,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      bucket,
      maxBytes: 65_536,
      deadlineMs,
    },
    signal,
  );
  mustBeJson(tokenEndpoint, response);
  const reply = tokenReply.safeParse(parsedBody(tokenEndpoint, takenBody(response)));
  if (!reply.success) {
    throw new AtlasError('bad_schema', tokenEndpoint, { status: response.status });
  }
  const lifeMs = Math.min(Math.max(reply.data.expires_in * 1_000, minLifeMs), maxLifeMs);
  return { value: reply.data.access_token, bornAt: monotonicMs(), lifeMs };
}

/** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
