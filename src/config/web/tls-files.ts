import { constants, createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { UnixSeconds } from '../../domain/time.ts';
import type { Parsed } from '../parsed.ts';
import { certificatesIn, maxPemBytes } from '../pem.ts';
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
  const take = <T>(source: PemSource, found: Parsed<T>): T | undefined => {
    if ('value' in found) return found.value;
    refuse(source, found.refused);
    return undefined;
  };
  const chain = take(settings.cert, chainIn(cert));
  const privateKey = take(settings.key, privateKeyIn(key));
  const authorities =
    settings.clientCa === undefined ? [] : take(settings.clientCa, chainIn(clientCa ?? ''));
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

function textOf(content: FileContent): Parsed<string> {
  if (typeof content === 'string') return { refused: unreadable(content) };
  if (content.length > maxPemBytes) return { refused: 'is larger than 1 MiB' };
  return { value: Buffer.from(content).toString('latin1') };
}

function chainIn(content: FileContent): Parsed<readonly X509Certificate[]> {
  const text = textOf(content);
  return 'refused' in text ? text : certificatesIn(text.value);
}

function privateKeyIn(content: FileContent): Parsed<KeyObject> {
  const text = textOf(content);
  if ('refused' in text) return text;
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text.value)) {
    return { refused: 'holds no private key in PEM form' };
  }
  if (/BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text.value)) {
    return { refused: 'holds a key with a passphrase, which is not supported' };
  }
  try {
    return { value: createPrivateKey(text.value) };
  } catch {
    return { refused: 'holds a private key that cannot be read' };
  }
}
