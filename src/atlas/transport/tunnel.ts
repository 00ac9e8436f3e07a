import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure, type SecureContext } from 'node:tls';
import { codeOf, reasonOfTransport } from './failure.ts';
import { NoConnection, type ProxyServer } from './route.ts';

type TunnelOptions = {
  /** What the proxy's own certificate is judged by, if it has one. */
  readonly secureContext: SecureContext;
  readonly timeoutMs: number;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal;
};

/** A connection to `authority` (host:port) that a proxy passes on unread. @throws NoConnection */
export function openTunnel(
  { origin, login }: ProxyServer,
  authority: string,
  { secureContext, timeoutMs, signal }: TunnelOptions,
): Promise<Socket> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const request = httpRequest({
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...authorization(login) },
    createConnection: () => connectionTo(new URL(origin), secureContext),
    signal: AbortSignal.any([timeout, signal]),
  });
  return new Promise((resolve, reject) => {
    request.once('connect', ({ statusCode = 0 }: IncomingMessage, socket: Socket) => {
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.on('error', () => undefined).destroy();
      reject(new NoConnection('network', refusal(statusCode, authority, login !== undefined)));
    });
    request.on('error', (error) => {
      reject(
        timeout.aborted
          ? new NoConnection('timeout', `the proxy opened no tunnel within ${timeoutMs / 1000}s`)
          : new NoConnection('network', trouble(error)),
      );
    });
    request.end();
  });
}

/** Written to before it is established; what is written waits, and goes nowhere if it fails. */
function connectionTo({ protocol, hostname, port }: URL, secureContext: SecureContext): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol === 'http:') return connectPlain({ host, port: Number(port || 80) });
  const servername = isIP(host) === 0 ? host : '';
  const tls = { servername, secureContext, rejectUnauthorized: true };
  return connectSecure({ host, port: Number(port || 443), ...tls });
}

function authorization(login: ProxyServer['login']): Readonly<Record<string, string>> {
  if (login === undefined) return {};
  const text = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${text}` };
}

function refusal(status: number, authority: string, loggedIn: boolean): string {
  const answered = `the proxy answered ${status}`;
  // Some answer 401 to a wrong password, tinyproxy for one.
  if (status === 407 || status === 401) {
    return loggedIn
      ? `${answered}: it does not accept the user name and password`
      : `${answered}: it wants a user name and password`;
  }
  if (status === 403) return `${answered}: it does not allow connections to ${authority}`;
  if (status >= 500) return `${answered}: it cannot reach ${authority}`;
  return `${answered} instead of opening a tunnel`;
}

/** By code only: a message may quote what was sent or received. */
function trouble(error: Error): string {
  const code = codeOf(error);
  if (['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'].includes(code)) {
    return `the name of the proxy cannot be resolved (${code})`;
  }
  if (code.startsWith('HPE_')) return `the proxy did not answer in HTTP (${code})`;
  if (code === 'ECONNRESET') return `the proxy closed the connection (${code})`;
  return reasonOfTransport(error) === 'tls'
    ? `the TLS connection to the proxy cannot be trusted (${code})`
    : `the proxy cannot be reached (${code})`;
}
