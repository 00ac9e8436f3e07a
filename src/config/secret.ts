import { readFile as readFileFromDisk } from 'node:fs/promises';
import { inspect } from 'node:util';
import { utf8 } from './utf8.ts';

type SecretSource =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'file'; readonly path: string };

const masked = '[secret]';

/** A secret or where it is kept. Printing, logging or serialising it shows only `[secret]`. */
export class Secret {
  /** The key of the configuration that gave it. */
  readonly key: string;
  /** Basic and digest authentication end a user name at its first colon. */
  readonly colonAllowed: boolean;
  readonly #source: SecretSource;

  constructor(source: SecretSource, { key, colonAllowed }: Pick<Secret, 'key' | 'colonAllowed'>) {
    this.#source = source;
    this.key = key;
    this.colonAllowed = colonAllowed;
  }

  source(): SecretSource {
    return this.#source;
  }
  toJSON(): string {
    return masked;
  }
  toString(): string {
    return masked;
  }
  [inspect.custom](): string {
    return masked;
  }
}

/** A secret cannot be read or used. The message has its key and path, never its content. */
class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly key: string;
  constructor(key: string, message: string) {
    super(`${key}: ${message}`);
    this.key = key;
  }
}

export type ReadFile = (path: string) => Promise<Uint8Array>;

/** Its text, read anew at every call if it is kept in a file. Throws `SecretError`. */
export async function readSecret(
  secret: Secret,
  readFile: ReadFile = readFileFromDisk,
): Promise<string> {
  const source = secret.source();
  if (source.kind === 'value') return source.value;
  const refuse = (why: string) => new SecretError(secret.key, `${source.path} ${why}`);
  const bytes = await readFile(source.path).catch((error: unknown) => {
    throw refuse(`cannot be read (${errorCode(error)})`);
  });
  if (bytes.length > 65_536) throw refuse('is too large for a secret');
  const text = utf8(bytes) ?? '';
  const fault =
    utf8(bytes) === undefined ? 'is not UTF-8 text' : secretFault(text, secret.colonAllowed);
  if (fault !== undefined) throw refuse(fault);
  return text.trim();
}

/** Why a text cannot be the secret, in words that tell nothing of it. Undefined: it can. */
export function secretFault(text: string, colonAllowed: boolean): string | undefined {
  const secret = text.trim();
  if (secret === '') return 'is empty';
  if (/\p{Cc}/u.test(secret)) return 'has more than one line or a control character';
  if (!colonAllowed && secret.includes(':')) return 'must not contain a colon';
  return undefined;
}

/** The system's code, such as `ENOENT`: its message may say more than it should. */
export function errorCode(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}
