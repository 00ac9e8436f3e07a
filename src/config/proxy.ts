import { hostOf } from './addresses.ts';
import { goesDirectly } from './no-proxy.ts';
import type { Parsed } from './parsed.ts';
import { type ReadFile, readSecret, Secret } from './secret.ts';
import type { Environment } from './substitute.ts';

/** An HTTP proxy that opens tunnels. */
export type ProxyServer = {
  /** Scheme, host and port: safe to show. */
  readonly origin: string;
  /** What it asks of us, not of Atlas. */
  readonly login: { readonly user: string; readonly password: string } | undefined;
};

const spelling = 'in a user name or password, write special characters as %XX';

export function parseProxyUrl(text: string): Parsed<ProxyServer> {
  if (!/^https?:\/\//i.test(text)) {
    return { refused: 'must start with http:// or https://; no other kind of proxy is supported' };
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return { refused: `is not a URL; ${spelling}` };
  if (url.pathname !== '/' || text.includes('?') || text.includes('#')) {
    return { refused: `must not have a path, query or fragment; ${spelling}` };
  }
  const { origin, username, password } = url;
  if (username === '' && password === '') return { value: { origin, login: undefined } };
  const login = decoded(username, password);
  if (login === undefined)
    return { refused: `has a % without two hexadecimal digits; ${spelling}` };
  // Basic authentication ends a user name at its first colon.
  return login.user.includes(':')
    ? { refused: 'must not have a colon in its user name' }
    : { value: { origin, login } };
}

function decoded(user: string, password: string): ProxyServer['login'] {
  try {
    return { user: decodeURIComponent(user), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

/** The proxy, its file read anew at every call. Throws with a message that is safe to show. */
export async function readProxy(secret: Secret, readFile?: ReadFile): Promise<ProxyServer> {
  const parsed = parseProxyUrl(await readSecret(secret, readFile));
  if ('value' in parsed) return parsed.value;
  throw new Error(`${secret.key}: ${parsed.refused}`);
}

/**
 * The proxy that the environment names for a target, as Go's httpproxy reads it: upper case first,
 * `http://` when there is no scheme. There is none for plain http, which is for this machine only.
 */
export function proxyFromEnvironment(env: Environment, target: string): Secret | undefined {
  const url = new URL(target);
  const key = firstSet(env, ['HTTPS_PROXY', 'https_proxy']);
  if (key === undefined || url.protocol !== 'https:') return undefined;
  const noProxy = env[firstSet(env, ['NO_PROXY', 'no_proxy']) ?? ''] ?? '';
  if (goesDirectly(noProxy, { host: hostOf(url), port: url.port || '443' })) return undefined;
  const given = env[key] ?? '';
  const value = given.includes('://') ? given : `http://${given}`;
  return new Secret({ kind: 'value', value }, { key, colonAllowed: true });
}

function firstSet(env: Environment, names: readonly string[]): string | undefined {
  return names.find((name) => (env[name] ?? '') !== '');
}
