import { constants, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { UnixSeconds } from '../../domain/time.ts';
import { type Problem, unreadable } from '../problem.ts';
import { errorCode, type ReadFile } from '../secret.ts';
import { digestOf, type FileContent, type Made, type Reading, readContent } from './reading.ts';
import type { ClientPolicy, PemSource, TlsSettings, WebSettings } from './settings.ts';

/** What a listener needs; certificate and key belong together. */
export type Tls = {
  readonly client: ClientPolicy;
  /** Holds the key: not for any log. */
  readonly options: SecureContextOptions;
  readonly validUntil: UnixSeconds;
};

type Contents = {
  readonly cert: FileContent;
  readonly key: FileContent;
  readonly clientCa: FileContent | undefined;
};

/** Reads certificate, key and client CA. Never rejects. */
export async function readTls(
  settings: TlsSettings,
  problemAt: WebSettings['problemAt'],
  readFile: ReadFile,
): Promise<Reading<Tls>> {
  const contentOf = (source: PemSource) =>
    source.kind === 'text' ? Buffer.from(source.text) : readContent(source.path, readFile);
  const [cert, key, clientCa] = await Promise.all([
    contentOf(settings.cert),
    contentOf(settings.key),
    settings.clientCa === undefined ? undefined : contentOf(settings.clientCa),
  ]);
  return {
    digest: digestOf([JSON.stringify(settings), cert, key, clientCa ?? '']),
    make: () => tlsFrom(settings, { cert, key, clientCa }, problemAt),
  };
}

/** A value, or why there is none. */
type Found<T> = { readonly value: T } | { readonly fault: string };

function tlsFrom(
  settings: TlsSettings,
  { cert, key, clientCa }: Contents,
  problemAt: WebSettings['problemAt'],
): Made<Tls> {
  const problems: Problem[] = [];
  const refuse = ({ key: name, ...source }: PemSource, fault: string) => {
    const message = source.kind === 'file' ? `${source.path}: ${fault}` : fault;
    problems.push(problemAt(['tls_server_config', name], message));
  };
  const take = <T>(source: PemSource, found: Found<T>): T | undefined => {
    if ('value' in found) return found.value;
    refuse(source, found.fault);
    return undefined;
  };
  const chain = take(settings.cert, certificatesIn(cert));
  const privateKey = take(settings.key, privateKeyIn(key));
  const authorities =
    settings.clientCa === undefined ? [] : take(settings.clientCa, certificatesIn(clientCa ?? ''));
  const [leaf] = chain ?? [];
  if (leaf !== undefined && privateKey !== undefined && !leaf.checkPrivateKey(privateKey)) {
    refuse(settings.key, 'is not the key of the certificate');
  }
  if (problems.length > 0 || !leaf || !chain || !privateKey || !authorities) {
    return { kind: 'invalid', problems };
  }
  const options: SecureContextOptions = {
    ...settings.protocol,
    cert: pemOf(chain),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ...(authorities.length === 0 ? {} : { ca: authorities.map(String) }),
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  };
  try {
    createSecureContext(options);
  } catch (error) {
    // A key too short, for example. The code says which; the message could say more.
    refuse(settings.cert, `OpenSSL refuses it (${errorCode(error)})`);
    return { kind: 'invalid', problems };
  }
  const validUntil = Date.parse(leaf.validTo) / 1000;
  return { kind: 'ok', value: { client: settings.client, options, validUntil } };
}

const pemOf = (certificates: readonly X509Certificate[]) => certificates.map(String).join('');

const mostBytes = 1024 * 1024;

function textOf(content: FileContent): Found<string> {
  if (typeof content === 'string') return { fault: unreadable(content) };
  if (content.length > mostBytes) return { fault: 'is larger than 1 MiB' };
  return { value: Buffer.from(content).toString('latin1') };
}

/** The certificates of a PEM file, at least one. */
function certificatesIn(content: FileContent): Found<readonly X509Certificate[]> {
  const text = textOf(content);
  if ('fault' in text) return text;
  const blocks = text.value.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (blocks === null) return { fault: 'holds no certificate in PEM form' };
  try {
    return { value: blocks.map((block) => new X509Certificate(block)) };
  } catch {
    return { fault: 'holds a certificate that cannot be read' };
  }
}

function privateKeyIn(content: FileContent): Found<KeyObject> {
  const text = textOf(content);
  if ('fault' in text) return text;
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text.value)) {
    return { fault: 'holds no private key in PEM form' };
  }
  if (/BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text.value)) {
    return { fault: 'holds a key with a passphrase, which is not supported' };
  }
  try {
    return { value: createPrivateKey(text.value) };
  } catch {
    return { fault: 'holds a private key that cannot be read' };
  }
}
