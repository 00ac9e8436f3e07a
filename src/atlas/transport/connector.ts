import type { Socket } from 'node:net';
import { createSecureContext, getCACertificates } from 'node:tls';
import { buildConnector } from 'undici';
import type { Route } from './route.ts';
import { openTunnel } from './tunnel.ts';

type Connector = buildConnector.connector;
type Options = Parameters<Connector>[0];

/**
 * Makes the connections of one pool, through the proxy of the route if it has one. TLS is between us
 * and Atlas either way; it fails closed, whatever the environment or Node's flags say.
 */
export function connector(
  { proxy, ca }: Route,
  { timeoutMs, closing }: { readonly timeoutMs: number; readonly closing: AbortSignal },
): Connector {
  const trusted = trusting(ca, Math.min(timeoutMs, 5_000));
  const dial = async (options: Options): Promise<Socket> => {
    const { connect, secureContext } = await trusted();
    const through = await proxy?.();
    if (through === undefined) return connected(connect, options);
    const httpSocket = await openTunnel(through, authorityOf(options), {
      secureContext,
      // The proxy looks up the name and connects in our stead.
      timeoutMs: Math.min(timeoutMs, 10_000),
      signal: closing,
    });
    if (options.protocol !== 'https:') return httpSocket;
    return connected(connect, { ...options, httpSocket });
  };
  return (options, callback) => {
    dial(options).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

/** Trust as the certificate authorities of the moment ask for; made anew only when they change. */
function trusting(ca: Route['ca'], timeout: number) {
  let pem: string | undefined;
  let trust = trustIn(pem, timeout);
  return async () => {
    const now = await ca?.();
    if (now !== pem) {
      trust = trustIn(now, timeout);
      pem = now;
    }
    return trust;
  };
}

function trustIn(pem: string | undefined, timeout: number) {
  const secureContext = createSecureContext({
    minVersion: 'TLSv1.2',
    // Besides the usual ones: Node's own, and those of NODE_EXTRA_CA_CERTS.
    ...(pem === undefined ? {} : { ca: [...getCACertificates('default'), pem] }),
  });
  const tls = { secureContext, rejectUnauthorized: true };
  return { secureContext, connect: buildConnector({ timeout, ...tls }) };
}

function connected(connect: Connector, options: Options): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connect(options, (error, socket) => (error === null ? resolve(socket) : reject(error)));
  });
}

function authorityOf({ hostname, port, protocol }: Options): string {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${host}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
