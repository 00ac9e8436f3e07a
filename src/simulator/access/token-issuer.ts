import { randomBytes } from 'node:crypto';
import type { Clock, UnixSeconds } from '../../domain/time.ts';
import type { Credentials, ServiceAccount } from './credentials.ts';

export type TokenOptions = {
  readonly expiresIn: number;
  /** Atlas allows a service account 100 live tokens. */
  readonly maxLive: number;
  readonly clock: Clock;
};

type Token = { readonly clientId: string; readonly endsAt: UnixSeconds };

/** The OAuth 2.0 endpoint for client credentials, and the tokens that it gave out. */
export function tokenIssuer(credentials: Credentials, options: TokenOptions) {
  const tokens = new Map<string, Token>();

  const accountOf = (authorization: string | undefined): ServiceAccount | undefined => {
    const given = basicCredentials(authorization);
    return credentials.serviceAccounts.find(
      ({ clientId, clientSecret }) => clientId === given?.id && clientSecret === given.secret,
    );
  };

  const forgetOld = (): void => {
    const now = options.clock();
    for (const [text, { endsAt }] of tokens) if (endsAt <= now) tokens.delete(text);
  };

  return {
    /** Whose token it is. Undefined: unknown, ended or revoked. */
    bearer(token: string): ServiceAccount | undefined {
      const known = tokens.get(token);
      if (known === undefined || known.endsAt <= options.clock()) return undefined;
      return credentials.serviceAccounts.find(({ clientId }) => clientId === known.clientId);
    },

    issue(authorization: string | undefined, form: string): OAuthAnswer {
      const account = accountOf(authorization);
      if (account === undefined) return invalidClient;
      if (new URLSearchParams(form).get('grant_type') !== 'client_credentials') {
        return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
      }
      forgetOld();
      const live = [...tokens.values()].filter(({ clientId }) => clientId === account.clientId);
      if (live.length >= options.maxLive) {
        return oauthError(403, 'access_denied', 'The service account has too many live tokens.');
      }
      const token = randomBytes(32).toString('base64url');
      const { clientId } = account;
      tokens.set(token, { clientId, endsAt: options.clock() + options.expiresIn });
      const body = { access_token: token, expires_in: options.expiresIn, token_type: 'Bearer' };
      return { status: 200, challenge: undefined, body };
    },

    revoke(authorization: string | undefined, form: string): OAuthAnswer {
      if (accountOf(authorization) === undefined) return invalidClient;
      tokens.delete(new URLSearchParams(form).get('token') ?? '');
      return { status: 200, challenge: undefined, body: {} };
    },
  };
}

export type OAuthAnswer = {
  readonly status: number;
  readonly challenge: string | undefined;
  readonly body: object;
};

const invalidClient: OAuthAnswer = {
  status: 401,
  challenge: 'Basic realm="MMS Public API"',
  body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
};

function oauthError(status: number, error: string, description: string): OAuthAnswer {
  return { status, challenge: undefined, body: { error, error_description: description } };
}

/** RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined. */
function basicCredentials(
  authorization: string | undefined,
): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const joined = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = joined.indexOf(':');
  if (colon === -1) return undefined;
  const decoded = new URLSearchParams(
    `id=${joined.slice(0, colon)}&secret=${joined.slice(colon + 1)}`,
  );
  return { id: decoded.get('id') ?? '', secret: decoded.get('secret') ?? '' };
}
