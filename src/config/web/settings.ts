import { dirname } from 'node:path';
import { pathFrom } from '../config.ts';
import { decoderOf } from '../decode.ts';
import { invalid, type Path, type Problem, unreadable } from '../problem.ts';
import type { ReadFile } from '../secret.ts';
import { keysOf } from '../text.ts';
import { opensslCiphers, opensslCurves } from './ciphers.ts';
import type { PasswordHash } from './password-hash.ts';
import { digestOf, type Made, type Reading, readContent } from './reading.ts';
import { type WebKeys, webSchema } from './schema.ts';

/** What is asked of a client before it may say anything. */
export type ClientPolicy = {
  readonly asks: boolean;
  /** It must have a certificate. */
  readonly requires: boolean;
  /** If it has one, a client CA must have signed it. */
  readonly verifies: boolean;
  /** Its certificate must have one of these names, whatever their kind. Undefined: any will do. */
  readonly names: readonly string[] | undefined;
};

/** PEM in the file itself, or where it is; `key` is the key of the file that says so. */
export type PemSource =
  | { readonly kind: 'text'; readonly key: string; readonly text: string }
  | { readonly kind: 'file'; readonly key: string; readonly path: string };

export type TlsSettings = Readonly<ReturnType<typeof tlsSettingsOf>>;

export type WebSettings = {
  /** Undefined: plain HTTP. */
  readonly tls: TlsSettings | undefined;
  /** Names in lower case; an empty value leaves the header out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: nobody is asked for a password. */
  readonly users: ReadonlyMap<string, PasswordHash>;
  /** A problem at the place of a key of this file. */
  readonly problemAt: (path: Path, message: string) => Problem;
};

const decoder = decoderOf(webSchema);
const hint = 'docs/web-config.md shows what it can say';

/** The web configuration without the certificates it names. Never rejects. */
export async function readWebSettings(
  file: string,
  readFile: ReadFile,
): Promise<Reading<WebSettings>> {
  const content = await readContent(file, readFile);
  return { digest: digestOf([content]), make: () => settingsFrom(content, file) };
}

function settingsFrom(content: Uint8Array | string, file: string): Made<WebSettings> {
  if (typeof content === 'string') {
    return invalid([{ file, key: '', message: unreadable(content) }]);
  }
  // Hashes are full of dollar signs: nothing is substituted here.
  const read = keysOf(content, file, { decoder, env: undefined, hint });
  if (read.kind === 'invalid') return read;
  const { tls_server_config: tls, http_server_config: http, basic_auth_users: users } = read.keys;
  return {
    kind: 'ok',
    value: {
      tls: tls === undefined ? undefined : tlsSettingsOf(tls, dirname(file)),
      headers: Object.fromEntries(
        Object.entries(http.headers).map(([name, value]) => [name.toLowerCase(), value ?? '']),
      ),
      users: new Map(Object.entries(users ?? {})),
      problemAt: read.problemAt,
    },
  };
}

type TlsKeys = NonNullable<WebKeys['tls_server_config']>;

/** `folder`: what relative paths start from. */
function tlsSettingsOf(keys: TlsKeys, folder: string) {
  const source = (key: 'cert' | 'key' | 'client_ca'): PemSource | undefined => {
    const [text, path] = [keys[key], keys[`${key}_file`]];
    if (text !== undefined) return { kind: 'text', key, text };
    if (path === undefined) return undefined;
    return { kind: 'file', key: `${key}_file`, path: pathFrom(folder, path) };
  };
  const [ciphers, ecdhCurve] = [
    opensslCiphers(keys.cipher_suites),
    opensslCurves(keys.curve_preferences),
  ];
  return {
    // The schema has seen to it that there are both.
    cert: source('cert') ?? { kind: 'text', key: 'cert', text: '' },
    key: source('key') ?? { kind: 'text', key: 'key', text: '' },
    clientCa: source('client_ca'),
    client: policyOf(keys),
    // In the words of Node.js.
    protocol: {
      minVersion: nodeVersion[keys.min_version],
      maxVersion: nodeVersion[keys.max_version],
      honorCipherOrder: keys.prefer_server_cipher_suites,
      ...(ciphers === undefined ? {} : { ciphers }),
      ...(ecdhCurve === undefined ? {} : { ecdhCurve }),
    },
  };
}

const nodeVersion = { TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' } as const;

function policyOf({ client_auth_type: type, client_allowed_sans: names }: TlsKeys): ClientPolicy {
  return {
    asks: type !== 'NoClientCert',
    requires: type.startsWith('Require'),
    verifies: type.includes('Verify'),
    names,
  };
}
