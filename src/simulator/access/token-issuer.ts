import { randomBytes } from 'node:crypto';
import type { Clock, UnixSeconds } from '../../domain/time.ts';
import type { RawResponse } from '../interception.ts';
import type { Credentials, ServiceAccount } from './credentials.ts';

export type TokenOptions = {
  readonly expiresIn: number;
  /** Atlas allows a service account 100 live tokens. */
  readonly maxLive: number;
  readonly clock: Clock;
};

type Token = { readonly clientId: string; readonly endsAt: UnixSeconds };

/** The OAuth 2.0 endpoint for client credentials, and the tokens that it issued. */
export function tokenIssuer(credentials: Credentials, { expiresIn, maxLive, clock }: TokenOptions) {
  const tokens = new Map<string, Token>();

  const clientOf = (authorization: string | undefined): string | undefined => {
    const given = basicCredentials(authorization);
    return credentials.serviceAccounts.find(
      ({ clientId, clientSecret }) => clientId === given.id && clientSecret === given.secret,
    )?.clientId;
  };

  return {
    /** Whose token it is. Undefined: unknown, ended or revoked. */
    owner(token: string): ServiceAccount | undefined {
      const known = tokens.get(token);
      if (known === undefined || known.endsAt <= clock()) return undefined;
      return credentials.serviceAccounts.find(({ clientId }) => clientId === known.clientId);
    },

    issue(authorization: string | undefined, form: URLSearchParams): RawResponse {
      const clientId = clientOf(authorization);
      if (clientId === undefined) return invalidClient;
      if (form.get('grant_type') !== 'client_credentials') {
        return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
      }
      const now = clock();
      for (const [text, { endsAt }] of tokens) if (endsAt <= now) tokens.delete(text);
      const live = [...tokens.values()].filter((token) => token.clientId === clientId);
      if (live.length >= maxLive) {
        return oauthError(403, 'access_denied', 'The service account has too many live tokens.');
      }
      const token = randomBytes(32).toString('base64url');
      tokens.set(token, { clientId, endsAt: now + expiresIn });
      return answer(200, { access_token: token, expires_in: expiresIn, token_type: 'Bearer' });
    },

    revoke(authorization: string | undefined, form: URLSearchParams): RawResponse {
      if (clientOf(authorization) === undefined) return invalidClient;
      tokens.delete(form.get('token') ?? '');
      return answer(200, {});
    },
  };
}

export type TokenIssuer = ReturnType<typeof tokenIssuer>;

function answer(status: number, body: object, headers: RawResponse['headers'] = {}): RawResponse {
  const usual = { 'Cache-Control': 'no-store', 'Content-Type': 'application/json;charset=utf-8' };
  return { status, headers: { ...usual, ...headers }, body: JSON.stringify(body) };
}

const invalidClient = answer(
  401,
  { error: 'invalid_client', error_description: 'Client authentication failed.' },
  { 'WWW-Authenticate': 'Basic realm="MMS Public API"' },
);

function oauthError(status: number, error: string, description: string): RawResponse {
  return answer(status, { error, error_description: description });
}

/** RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined. */
function basicCredentials(authorization = '') {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1] ?? '';
  const joined = Buffer.from(encoded, 'base64').toString('utf8');
  const [, id = '', secret = ''] = /^([^:]*):(.*)$/s.exec(joined) ?? [];
  const decoded = new URLSearchParams(`id=${id}&secret=${secret}`);
  return { id: decoded.get('id'), secret: decoded.get('secret') };
}
