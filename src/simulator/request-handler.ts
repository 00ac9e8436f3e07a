import type { IncomingMessage } from 'node:http';
import { type Clock, systemClock } from '../domain/time.ts';
import { authenticator } from './access/authentication.ts';
import type { ApiKey, Credentials, ServiceAccount } from './access/credentials.ts';
import { type DigestAlgorithm, digestGuard } from './access/digest.ts';
import { type TokenIssuer, tokenIssuer } from './access/token-issuer.ts';
import { type Limits, tokenBuckets } from './api/rate-limits.ts';
import { errorReply, errors } from './api/reply.ts';
import { type Rules, respond } from './api/respond.ts';
import type { Interception, NoAnswer, RawResponse } from './interception.ts';
import { formOf, targetOf } from './wire.ts';
import type { World } from './world/world.ts';

export type SimulatorOptions = {
  readonly world: World;
  /** The time in the world, which its snapshots and the header Date follow. It may run fast. */
  readonly clock?: Clock;
  /** The time in which nonces, tokens and rate limits are counted. */
  readonly realClock?: Clock;
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  readonly apiKeys?: readonly ApiKey[];
  readonly serviceAccounts?: readonly ServiceAccount[];
  readonly digestAlgorithm?: DigestAlgorithm;
  readonly nonceLifeSeconds?: number;
  readonly nonceUses?: number;
  readonly tokenLifeSeconds?: number;
  readonly maxLiveTokens?: number;
  /** Overrides of Atlas's documented limits by endpoint set. */
  readonly rateLimits?: Limits | 'off';
  readonly goneVersions?: readonly string[];
  readonly accessList?: readonly string[];
  readonly latencyMs?: number;
  /** How many of the last requests the request log lists; 0 leaves the counters alone. */
  readonly maxLoggedRequests?: number;
};

/** Decides the answers: authentication first, then the interceptions, then Atlas. */
export function requestHandler(
  options: SimulatorOptions,
  credentials: Credentials,
  interceptions: () => readonly Interception[],
): (request: IncomingMessage) => Promise<RawResponse | NoAnswer> {
  const { world, clock = systemClock, realClock = systemClock, rateLimits = {} } = options;
  const guard = digestGuard({
    algorithm: options.digestAlgorithm ?? 'MD5',
    nonceLifeSeconds: options.nonceLifeSeconds ?? 60,
    nonceUses: options.nonceUses ?? 1024,
    clock: realClock,
  });
  const tokens = tokenIssuer(credentials, {
    expiresIn: options.tokenLifeSeconds ?? 3600,
    maxLive: options.maxLiveTokens ?? 100,
    clock: realClock,
  });
  const authenticate = authenticator(credentials, guard, tokens);
  const challenge = () => guard.challenge(true);
  const rules: Rules = {
    world,
    goneVersions: options.goneVersions ?? [],
    accessList: options.accessList,
    takeToken: rateLimits === 'off' ? undefined : tokenBuckets(rateLimits, realClock),
  };

  return async (request) => {
    const { path, query: text } = targetOf(request);
    const { method = 'GET', url = '/', headers } = request;
    const { authorization, accept } = headers;
    const query = new URLSearchParams(text);
    const isOAuth = path.startsWith('/api/oauth/');
    const known = isOAuth ? undefined : authenticate(authorization, method, url);
    const now = clock();
    const atlas = async (): Promise<RawResponse> => {
      if (known === undefined) return oauth(tokens, request, path);
      if (known.kind === 'challenged') return known.reply;
      if (method !== 'GET') return onlyBy('GET');
      // An IPv6 socket shows an IPv4 caller in this form.
      const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
      return respond(rules, { path, query, accept, address, caller: known.caller, now });
    };
    const authorised = known?.kind === 'accepted';
    const facts = { method, path, query, authorization, authorised, now, challenge, atlas };
    for (const intercept of interceptions()) {
      const intercepted = await intercept(facts);
      if (intercepted !== undefined) return intercepted;
    }
    return atlas();
  };
}

function onlyBy(method: string): RawResponse {
  return { status: 405, headers: { Allow: `${method},OPTIONS` } };
}

async function oauth(
  tokens: TokenIssuer,
  request: IncomingMessage,
  path: string,
): Promise<RawResponse> {
  const does = /^\/api\/oauth\/(token|revoke)$/.exec(path)?.[1];
  if (does === undefined) return errorReply(errors.unknownPath, path);
  if (request.method !== 'POST') return onlyBy('POST');
  const form = new URLSearchParams(await formOf(request));
  const { authorization } = request.headers;
  return does === 'token' ? tokens.issue(authorization, form) : tokens.revoke(authorization, form);
}
