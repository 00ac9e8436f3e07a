import type { Clock } from '../domain/time.ts';
import { type AtlasClient, atlasClient } from './client.ts';
import type { Api } from './endpoints.ts';
import type { DigestKey } from './transport/digest.ts';
import { digest } from './transport/digest-session.ts';
import { layered, type TransportOptions, transport } from './transport/http.ts';
import { oauth, type ServiceAccount } from './transport/oauth.ts';
import { type Observer, observed } from './transport/observer.ts';
import { paced } from './transport/pacing.ts';
import { retrying } from './transport/retry.ts';
import type { Timing } from './transport/timing.ts';

/** How to prove who is asking. Read anew whenever a nonce or token is fetched: secrets rotate. */
export type Credentials =
  | { readonly kind: 'api_key'; readonly read: () => Promise<DigestKey> }
  | { readonly kind: 'service_account'; readonly read: () => Promise<ServiceAccount> };

export type ConnectOptions = TransportOptions & {
  /** Scheme, host and port: the only place the credentials are ever sent to. */
  readonly origin: string;
  readonly api: Api;
  readonly credentials: Credentials;
  readonly observer: Observer;
  readonly clock: Clock;
  readonly timing: Timing;
};

/** Puts the layers of one account together: what is retried is paced, signed and counted anew. */
export function connect(options: ConnectOptions): {
  readonly client: AtlasClient;
  readonly close: () => Promise<void>;
} {
  const { observer, timing, credentials } = options;
  const { send, close } = transport(options.origin, options);
  const authenticated =
    credentials.kind === 'api_key'
      ? digest(credentials.read, timing)
      : oauth(credentials.read, timing);
  const layers = [
    retrying(observer, timing),
    paced(observer, timing),
    authenticated,
    observed(observer, timing),
  ];
  return { client: atlasClient(options.api, layered(send, ...layers), options.clock), close };
}
