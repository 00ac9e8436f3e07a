import type { X509Certificate } from 'node:crypto';
import { isIP, SocketAddress } from 'node:net';

/** What the certificate of a client must fulfil. */
export type ClientPolicy = {
  readonly asks: boolean;
  readonly requires: boolean;
  /** If there is one, a client CA must have signed it. */
  readonly verifies: boolean;
  /** It must have one of these names. */
  readonly names: readonly string[] | undefined;
};

/** Why a client may not stay after the handshake. Undefined: it may. */
export function certificateFault(
  policy: ClientPolicy,
  certificate: Pick<X509Certificate, 'subjectAltName'> | undefined,
  isVerified: boolean,
): string | undefined {
  if (certificate === undefined) return policy.requires ? 'it has no certificate' : undefined;
  if (policy.verifies && !isVerified) return 'its certificate is not signed by a client CA';
  if (policy.names === undefined) return undefined;
  const allowed = new Set(policy.names.map(canonical));
  return namesOf(certificate.subjectAltName ?? '').some((name) => allowed.has(name))
    ? undefined
    : 'its certificate has none of the names in client_allowed_sans';
}

/** One entry of the list as Node.js writes it: a value that could mislead becomes a JSON text. */
const entry = /([^:,"]+):("(?:[^"\\]|\\.)*"|[^",]*)(?:, |$)/y;
const kinds: readonly string[] = ['DNS', 'IP Address', 'email', 'URI'];

/** The names in a subjectAltName that can be allowed; none if any part cannot be read. */
function namesOf(subjectAltName: string): readonly string[] {
  const names: string[] = [];
  entry.lastIndex = 0;
  while (entry.lastIndex < subjectAltName.length) {
    const [, kind = '', value = ''] = entry.exec(subjectAltName) ?? [];
    if (kind === '') return [];
    const name = value.startsWith('"') ? jsonText(value) : value;
    if (name === undefined) return [];
    if (kinds.includes(kind)) names.push(canonical(name));
  }
  return names;
}

function jsonText(json: string): string | undefined {
  try {
    const text: unknown = JSON.parse(json);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** An IPv6 address can be written in many ways; one with a zone is no name to be known by. */
function canonical(name: string): string {
  if (isIP(name) !== 6 || name.includes('%')) return name;
  return new SocketAddress({ address: name, family: 'ipv6' }).address;
}
