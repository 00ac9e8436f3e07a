import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { Auth } from '../../src/config/config.ts';
import { readSecret, Secret } from '../../src/config/secret.ts';
import { account, canary, canaryPieces, configOrThrow, load } from './loading.ts';

const key = 'accounts[0].auth.api_key.private_key_file';
const inFile = new Secret({ kind: 'file', path: 'key.txt' }, { key, colonAllowed: true });
const holding = (content: string | Uint8Array) => async () => Buffer.from(content);

test('a configuration shows no secret however it is printed', async () => {
  const config = configOrThrow(await load(account));
  const printed = [
    JSON.stringify(config),
    inspect(config, { depth: null, showHidden: true, getters: true }),
    inspect(config, { depth: null, customInspect: false }),
    Object.entries(config.accounts[0]?.auth ?? {}).toString(),
  ].join('\n');
  for (const piece of canaryPieces) expect(printed).not.toContain(piece);
  expect(printed).toContain('[secret]');
});

test('a secret in the configuration is read as it stands there, without spaces around it', async () => {
  const config = configOrThrow(await load(account.replace(canary, '" pass: \\"wörd\\\\ "')));
  const auth = config.accounts[0]?.auth;
  if (auth?.kind !== 'api_key') throw new Error('an API key was given');
  await expect(readSecret(auth.privateKey)).resolves.toBe('pass: "wörd\\');
});

test('a secret file is trimmed and read anew each time', async () => {
  await expect(readSecret(inFile, holding(`\uFEFF ${canary}\r\n\n`))).resolves.toBe(canary);
  await expect(readSecret(inFile, holding('second'))).resolves.toBe('second');
});

const missing = async () => {
  throw Object.assign(new Error(canary), { code: 'ENOENT' });
};

test.each([
  ['nothing', holding(''), 'key.txt is empty'],
  ['only spaces', holding(' \n\t'), 'key.txt is empty'],
  [
    'two lines',
    holding(`${canary}\n${canary}`),
    'key.txt has more than one line or a control character',
  ],
  ['bytes that are not text', holding(Uint8Array.of(0xff, 0xfe)), 'key.txt is not UTF-8 text'],
  ['a whole megabyte', holding(canary.repeat(60_000)), 'key.txt is too large for a secret'],
  ['no file', missing, 'key.txt cannot be read (ENOENT)'],
])('a secret file with %s is refused by key and path alone', async (_, readFile, message) => {
  const error: unknown = await readSecret(inFile, readFile).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'SecretError', key, message: `${key}: ${message}` });
  expect(inspect(error)).not.toContain(canary);
});

test('a colon in the file of a public key is refused', async () => {
  const text = account.replace('public_key: abcdwxyz', 'public_key_file: public.txt');
  const auth = configOrThrow(await load(text)).accounts[0]?.auth as Auth & { kind: 'api_key' };
  await expect(readSecret(auth.publicKey, holding('ab:cd'))).rejects.toThrow(
    'public.txt must not contain a colon',
  );
  await expect(readSecret(auth.publicKey, holding('abcd\n'))).resolves.toBe('abcd');
});
